"""Our persistence module for the library (``PERSISTENCE_MODULE``): one factory."""

import json
import select
from typing import Any

from eventsourcing import postgres
from eventsourcing.utils import Environment, EnvType, strtobool
from psycopg import Connection
from psycopg.rows import DictRow

from infra.log_recorder import LogRecorder


class DbFunctionsAreEnabled(RuntimeError):
    """The library's database functions silently skip committed events."""


class LogFactory(postgres.PostgresFactory):
    """Gives the log's recorder on connections that play one restricted role."""

    application_recorder_class = LogRecorder

    ROLE = "POSTGRES_ROLE"
    EXTRA = "POSTGRES_EXTRA"

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        if strtobool(self.env.get(self.POSTGRES_ENABLE_DB_FUNCTIONS) or "no"):
            msg = (
                f"unset {self.POSTGRES_ENABLE_DB_FUNCTIONS}: with it readers"
                " silently skip committed events"
            )
            raise DbFunctionsAreEnabled(msg)
        self._refit_pool()
        self._recorders: list[LogRecorder] = []

    def application_recorder(self) -> LogRecorder:
        recorder = LogRecorder(self.datastore)
        self._recorders.append(recorder)
        return recorder

    def close(self) -> None:
        """Give back all connections, once readers are told of the last append."""
        for recorder in self._recorders:
            recorder.close()
        super().close()

    def _refit_pool(self) -> None:
        """Roles and time limits as start-up options; a check that costs no exchange."""
        pool = self.datastore.pool
        options = [f"-c lock_timeout={self.datastore.lock_timeout}s"]
        if role := self.env.get(self.ROLE):
            options.append(f"-c role={role}")
        assert isinstance(pool.kwargs, dict)  # noqa: S101  the library sets a dict
        self.datastore.pool = postgres.ConnectionPool(
            connection_class=Connection[DictRow],
            kwargs=pool.kwargs
            | json.loads(self.env.get(self.EXTRA) or "{}")
            | {"options": " ".join(options)},
            min_size=pool.min_size,
            max_size=pool.max_size,
            open=False,
            configure=self.datastore.after_connect_func(),
            check=require_connected,
            timeout=pool.timeout,
            max_waiting=pool.max_waiting,
            max_lifetime=pool.max_lifetime,
            get_password_func=pool.get_password_func,
        )


def require_connected(connection: Connection[Any]) -> None:
    """Ask the server only where something has come unasked: mostly its farewell."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        postgres.ConnectionPool.check_connection(connection)
