"""Our persistence module for the library (``PERSISTENCE_MODULE``): one factory."""

import json

from eventsourcing import postgres
from eventsourcing.utils import Environment, EnvType, strtobool

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
        kwargs = self.datastore.pool.kwargs
        assert isinstance(kwargs, dict)  # noqa: S101  the library sets a dict
        kwargs.update(json.loads(self.env.get(self.EXTRA) or "{}"))
        role = self.env.get(self.ROLE)
        if role:
            kwargs["options"] = f"-c role={role}"

    def application_recorder(self) -> LogRecorder:
        return LogRecorder(datastore=self.datastore, events_table_name="events")
