"""The log as the library's application: our mapper, our recorder, one name."""

import json
from collections.abc import Iterable, Sequence
from typing import cast
from uuid import UUID

from eventsourcing.application import Application
from psycopg.conninfo import conninfo_to_dict

from infra.appending import LoggedEvent
from infra.envelope import Recorded
from infra.log_recorder import LogRecorder

LIBRARY = {
    "PERSISTENCE_MODULE": "infra.persistence",
    "MAPPER_TOPIC": "infra.event_codec:EventMapper",
    "CREATE_TABLE": "n",
    "POSTGRES_SCHEMA": "log",
    "POSTGRES_ROLE": "banjian_writer",
    "POSTGRES_LOCK_TIMEOUT": "10",
    "POSTGRES_MAX_OVERFLOW": "0",
    "POSTGRES_PRE_PING": "y",
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


class EventLog(Application[UUID]):
    """Reads and appends events; ``desk.execute`` is the only caller that appends."""

    name = "banjian"

    @property
    def log_recorder(self) -> LogRecorder:
        return cast("LogRecorder", self.recorder)

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

    def _mapped(self, rows: Sequence[LoggedEvent]) -> list[Recorded]:
        return [cast("Recorded", self.mapper.to_domain_event(row)) for row in rows]
