"""Connections to PostgreSQL that each play one restricted role."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from psycopg import Connection, Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

from infra.persistence import require_connected

WAIT_SECONDS = 10.0
MOST_WAITING = 200
SETTINGS = (
    "timezone=UTC",
    "lock_timeout=10s",  # PostgreSQL's own is 0: wait for ever
    # A stuck process must not keep the append lock.
    "idle_in_transaction_session_timeout=60s",
)

Pool = ConnectionPool[Connection[DictRow]]


class Role(StrEnum):
    """What a connection may do; the owner's role is for migrations alone."""

    WRITER = "banjian_writer"
    PROJECTOR = "banjian_projector"
    READER = "banjian_reader"
    INSPECTOR = "banjian_inspector"


class DatabaseIsClosed(RuntimeError):
    """A connection was asked for after ``close``; the caller is wrong."""


class Database:
    """One small pool a role, opened when first asked for. Safe for threads.

    A role guards against mistakes, not against hostile SQL: the user that signs in
    may take any of them.
    """

    def __init__(self, conninfo: str, pool_size: int = 4) -> None:
        self.conninfo, self._size = conninfo, pool_size
        self._pools: dict[Role, Pool] = {}
        self._lock, self._closed = threading.Lock(), False

    def pool(self, role: Role) -> Pool:
        """Autocommit connections under ``role``; RESET ROLE does not lift it.

        Whoever waits longer than 10 s for one gets psycopg_pool's PoolTimeout, and
        TooManyRequests at once when 200 wait already.
        """
        with self._lock:
            if self._closed:
                raise DatabaseIsClosed(role)
            if role not in self._pools:
                self._pools[role] = self._open(role)
            return self._pools[role]

    @contextmanager
    def transaction(self, role: Role) -> Iterator[Cursor[DictRow]]:
        """A cursor in one transaction: committed at the end, undone on an error."""
        with (
            self.pool(role).connection() as connection,
            connection.transaction(),
            connection.cursor() as cursor,
        ):
            yield cursor

    def close(self) -> None:
        """Close all connections; those in use when they are given back."""
        with self._lock:
            self._closed = True
            for pool in self._pools.values():
                pool.close()
            self._pools.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self, role: Role) -> Pool:
        return ConnectionPool(
            self.conninfo,
            connection_class=Connection[DictRow],
            kwargs=self._connection_settings(role),
            min_size=1,
            max_size=self._size,
            timeout=WAIT_SECONDS,
            max_waiting=MOST_WAITING,
            check=require_connected,  # a restarted server is met anew
            open=True,
            name=role,
        )

    def _connection_settings(self, role: Role) -> dict[str, Any]:
        """As start-up options, which RESET goes back to, behind the caller's own."""
        given = conninfo_to_dict(self.conninfo).get("options") or ""
        settings = [f"role={role}", *SETTINGS]
        if role in {Role.READER, Role.INSPECTOR}:
            # What is read together is of one instant.
            settings.append(r"default_transaction_isolation=repeatable\ read")
        if role is Role.PROJECTOR:
            # A view lost in a crash goes back with its position and is made again.
            settings.append("synchronous_commit=off")
            # One that hangs in the midst of a batch must not keep the view.
            settings.append("idle_in_transaction_session_timeout=20s")
        ours = [f"-c {setting}" for setting in settings]
        return {
            "options": " ".join([str(given), *ours]).strip(),
            "application_name": f"banjian {role.removeprefix('banjian_')}",
            "autocommit": True,
            "row_factory": dict_row,
        }
