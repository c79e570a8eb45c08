"""Where a consumer gets events from, and how far each of them has come."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

import psycopg

from infra.database import Database, Role
from infra.envelope import Recorded
from infra.event_log import EventLog
from infra.waking import CHANNEL


class Feed(Protocol):
    """The log's events in its one order. The log itself, or a topic that has them."""

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        """Events that follow the position ``after``, at most ``limit``."""

    def wait(self, seconds: float) -> None:
        """Return when there may be something new, at the latest after ``seconds``."""

    def close(self) -> None:
        """Give back what it holds; it may be read again afterwards."""


class LogFeed:
    """The feed straight from the log, woken by its NOTIFY. For one thread."""

    def __init__(self, event_log: EventLog, conninfo: str) -> None:
        self._log, self._conninfo = event_log, conninfo
        self._listener: psycopg.Connection | None = None

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        return self._log.after(after, limit)

    def wait(self, seconds: float) -> None:
        """Raises psycopg's error if the server is lost; the next call begins anew."""
        try:
            for _ in self._listening().notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error:
            self.close()
            raise

    def close(self) -> None:
        if self._listener is not None:
            with suppress(psycopg.Error):  # lost already: nothing is left to close
                self._listener.close()
        self._listener = None

    def _listening(self) -> psycopg.Connection:
        if self._listener is None:
            self._listener = psycopg.connect(
                self._conninfo, autocommit=True, application_name="banjian feed"
            )
            self._listener.execute(f"LISTEN {CHANNEL}")
        return self._listener


class Positions:
    """How far consumers have read, kept in the database. They never go back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reached(self, name: str) -> int:
        with self._database.transaction(Role.READER) as cursor:
            cursor.execute(
                "SELECT position FROM consumers.positions WHERE name = %s", (name,)
            )
            row = cursor.fetchone()
        return int(row["position"]) if row else 0

    def save(self, name: str, position: int) -> None:
        """Only after the effect: what was not saved is done again, to no effect."""
        with self._database.transaction(Role.WRITER) as cursor:
            cursor.execute(
                "INSERT INTO consumers.positions AS known (name, position)"
                " VALUES (%s, %s) ON CONFLICT (name) DO UPDATE"
                " SET position = greatest(known.position, excluded.position),"
                "  updated_at = clock_timestamp()",
                (name, position),
            )
