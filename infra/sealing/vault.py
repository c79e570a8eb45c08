"""The key store: wrapped keys, blind indexes and identities, in their own database."""

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any
from uuid import UUID

from psycopg import Connection, Cursor, connect
from psycopg.errors import Diagnostic
from psycopg.sql import SQL, Identifier
from psycopg_pool import ConnectionPool

from infra.persistence import require_connected
from infra.sealing.places import VaultPlace, make_vault

WAIT_SECONDS = 10.0
OPTIONS = (
    "-c role=banjian_keeper -c timezone=UTC -c lock_timeout=10s"
    " -c idle_in_transaction_session_timeout=60s"
)
READY = (
    "SELECT * FROM vault.make_ready(%s::uuid[], %b::bytea[], %b::bytea[],"
    " %s::uuid[], %s::uuid[], %s::uuid[], %s)"
)
Pool = ConnectionPool[Connection]


TABLES = ("person_key", "blind_index", "identity")
# VERBOSE tells, in the server's language, how many dead rows had to stay.
KEPT = re.compile(r"\d+")


class VaultIsBusy(RuntimeError):
    """Keys are destroyed, but dead rows stay in the files until ``sweep`` is done."""


def _rewritten(connection: Connection, table: str) -> int:
    """How many dead rows are in the new file, because a snapshot still sees them."""
    told: list[str] = []

    def note(diagnostic: Diagnostic) -> None:
        told.append(diagnostic.message_detail or "")

    connection.add_notice_handler(note)
    name = Identifier("vault", table)
    connection.execute(SQL("VACUUM (FULL, VERBOSE) {}").format(name))
    connection.remove_notice_handler(note)
    found = [KEPT.search(detail) for detail in told]
    return sum(int(match.group()) for match in found if match)


def _one(cursor: Cursor) -> tuple[Any, ...]:
    row = cursor.fetchone()
    assert row is not None  # noqa: S101  both queries give one
    return row


class Vault:
    """Opened when first asked. What it has answered is durable, if it says so."""

    def __init__(self, place: VaultPlace, pool_size: int = 4) -> None:
        self.place, self._size = place, pool_size
        self._pool: Pool | None = None
        self._lock = Lock()

    def keys(self, persons: Iterable[UUID]) -> dict[UUID, bytes | None]:
        """Wrapped keys; None = destroyed. Persons without one are left out."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT person, wrapped FROM vault.person_key WHERE person = ANY(%s)",
                (list(persons),),
            )
            return {row[0]: row[1] for row in rows}

    def keep_keys(self, wrapped: Mapping[UUID, bytes]) -> dict[UUID, bytes | None]:
        """Those of ``wrapped`` whose person has none; then what they all have.

        Durable with the next ``make_ready``, which comes before anything is stored.
        """
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT * FROM vault.make_keys(%s::uuid[], %b::bytea[], false)",
                (list(wrapped), list(wrapped.values())),
            )
            return {row[0]: row[1] for row in rows}

    def identities(self, fresh: Mapping[str, UUID]) -> dict[str, UUID]:
        """By digest the stream of its number: ``fresh`` where there was none."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT * FROM vault.make_identities(%s::text[], %s::uuid[])",
                (list(fresh), list(fresh.values())),
            )
            return {row[0]: row[1] for row in rows}

    def make_ready(
        self,
        wrapped: Mapping[UUID, bytes],
        digests: Iterable[tuple[bytes, UUID]],
        claimed: Mapping[UUID, UUID],
    ) -> dict[UUID, bytes | None]:
        """Before an append: keys as ``keep_keys``, and persons found by ``digests``.

        ``claimed`` says whose an identity stream is. Durable, with all that this
        vault was asked before, no later than the append: on the log's own server
        the two share one write-ahead log, so that its commit flushes ours too.
        """
        rows = list(digests)
        with self._connection() as connection:
            found = connection.execute(
                READY,
                (
                    list(wrapped),
                    list(wrapped.values()),
                    [digest for digest, _ in rows],
                    [person for _, person in rows],
                    list(claimed),
                    list(claimed.values()),
                    not self.place.is_beside_the_log,
                ),
            )
            return {row[0]: row[1] for row in found}

    def persons(self, digest: bytes, limit: int) -> list[UUID]:
        """Who is, or once was, found by ``digest``."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT person FROM vault.blind_index WHERE digest = %s"
                " ORDER BY person LIMIT %s",
                (digest, limit),
            )
            return [row[0] for row in rows]

    def destroy(self, person: UUID) -> None:
        """The key and what the person is found by: gone for ever. Again is harmless."""
        with self._connection() as connection, connection.transaction():
            connection.execute(
                "DELETE FROM vault.blind_index WHERE person = %s", (person,)
            )
            connection.execute(
                "DELETE FROM vault.identity WHERE person = %s", (person,)
            )
            connection.execute(
                "UPDATE vault.person_key"
                " SET wrapped = NULL, destroyed_at = clock_timestamp()"
                " WHERE person = %s AND destroyed_at IS NULL",
                (person,),
            )

    def sweep(self) -> None:
        """Rewrite the tables, so that dead rows are gone from their files too.

        Rows that somebody's snapshot still sees would be rewritten with them, so
        those are waited for: ours are short, and autovacuum's are not long.
        Raises ``VaultIsBusy`` where they stay.
        """
        with connect(
            self.place.conninfo, autocommit=True, application_name="banjian vault"
        ) as connection:
            connection.execute("SET ROLE banjian_owner")
            until = time.monotonic() + WAIT_SECONDS
            for table in TABLES:
                while _rewritten(connection, table):
                    if time.monotonic() > until:
                        msg = "somebody keeps an old snapshot of the vault: erase again"
                        raise VaultIsBusy(msg)
                    time.sleep(0.05)

    def close(self) -> None:
        with self._lock:
            if self._pool is not None:
                self._pool.close()
                self._pool = None

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with self._opened().connection() as connection:
            yield connection

    def _opened(self) -> Pool:
        with self._lock:
            if self._pool is None:
                make_vault(self.place)
                self._pool = ConnectionPool(
                    self.place.conninfo,
                    kwargs={
                        "options": OPTIONS,
                        "application_name": "banjian vault",
                        "autocommit": True,
                    },
                    min_size=1,
                    max_size=self._size,
                    timeout=WAIT_SECONDS,
                    check=require_connected,
                    open=True,
                    name="vault",
                )
            return self._pool
