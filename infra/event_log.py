"""The log as the library's application: our mapper, our recorder, one name."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import Mapper
from eventsourcing.utils import EnvType
from psycopg.conninfo import conninfo_to_dict

from infra.appending import LoggedEvent
from infra.envelope import Recorded
from infra.event_codec import EventMapper
from infra.log_recorder import LogRecorder
from infra.sealing.seals import Seals
from infra.waking import Listener

LIBRARY = {
    "PERSISTENCE_MODULE": "infra.persistence",
    "MAPPER_TOPIC": "infra.event_codec:EventMapper",
    "CREATE_TABLE": "n",
    "POSTGRES_SCHEMA": "log",
    "POSTGRES_ROLE": "banjian_writer",
    "POSTGRES_LOCK_TIMEOUT": "10",
    "POSTGRES_CONNECT_TIMEOUT": "10",
    "POSTGRES_MAX_OVERFLOW": "0",
    "POSTGRES_MAX_WAITING": "200",
}
NAMED = {"dbname", "host", "port", "user", "password", "options"}


def library_environment(conninfo: str, pool_size: int) -> dict[str, str]:
    """The library's settings for ``conninfo``, whatever else the URL carries."""
    parts = {key: str(value) for key, value in conninfo_to_dict(conninfo).items()}
    extra = {key: value for key, value in parts.items() if key not in NAMED}
    return LIBRARY | {
        "POSTGRES_DBNAME": parts.get("dbname", "postgres"),
        "POSTGRES_HOST": parts.get("host", ""),
        "POSTGRES_PORT": parts.get("port", "5432"),
        "POSTGRES_USER": parts.get("user", ""),
        "POSTGRES_PASSWORD": parts.get("password", ""),
        "POSTGRES_POOL_SIZE": str(pool_size),
        "POSTGRES_EXTRA": json.dumps({"application_name": "banjian log"} | extra),
    }


class LogHasNoVault(RuntimeError):
    """A log opened for reading only was asked to seal."""


class EventLog(Application[UUID]):
    """Reads and appends events; ``desk.execute`` is the only caller that appends.

    Without ``seals`` personal fields stay closed, and none can be stored.
    """

    name = "banjian"

    def __init__(
        self, env: EnvType | None = None, *, seals: Seals | None = None
    ) -> None:
        self._seals = seals
        super().__init__(env)
        self._listener = Listener(self._connect, self.log_recorder.end)

    @property
    def log_recorder(self) -> LogRecorder:
        return cast("LogRecorder", self.recorder)

    @property
    def seals(self) -> Seals:
        """Raises ``LogHasNoVault``."""
        if self._seals is None:
            raise LogHasNoVault
        return self._seals

    def construct_mapper(self) -> Mapper[UUID]:
        mapper = super().construct_mapper()
        if isinstance(mapper, EventMapper):
            mapper.seals = self._seals
        return mapper

    def stream(self, stream_id: UUID) -> list[Recorded]:
        """All events of one stream, oldest first."""
        return self._mapped(self.log_recorder.select_many([stream_id]))

    def streams(self, stream_ids: Iterable[UUID]) -> dict[UUID, list[Recorded]]:
        """All events of several streams, in one read."""
        wanted: dict[UUID, list[Recorded]] = {stream_id: [] for stream_id in stream_ids}
        for recorded in self._mapped(self.log_recorder.select_many(wanted)):
            wanted[recorded.originator_id].append(recorded)
        return wanted

    def after(self, position: int, limit: int) -> list[Recorded]:
        """Events that follow ``position`` in the log's one order."""
        rows = self.log_recorder.select_notifications(
            position, limit, inclusive_of_start=False
        )
        return self._mapped(cast("Sequence[LoggedEvent]", rows))

    def last_position(self) -> int:
        return self.log_recorder.max_notification_id() or 0

    def wait_beyond(self, position: int, seconds: float) -> bool:
        """Whether there is something after ``position``; waits ``seconds`` at most.

        Comes back as soon as this process has appended, and a few milliseconds
        after another one has. Reading decides: it may be true for nothing new.
        """
        self._listener.start()
        return self.log_recorder.end.wait_beyond(position, seconds)

    def close(self) -> None:
        self._listener.close()
        super().close()

    def _connect(self) -> psycopg.Connection:
        settings: Any = self.log_recorder.datastore.pool.kwargs
        plain = {name: settings[name] for name in settings if name != "row_factory"}
        return psycopg.connect(**{"connect_timeout": 5} | plain, autocommit=True)

    def _mapped(self, rows: Sequence[LoggedEvent]) -> list[Recorded]:
        return [cast("Recorded", self.mapper.to_domain_event(row)) for row in rows]
