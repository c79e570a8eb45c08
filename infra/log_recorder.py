"""The recorder of the log: advisory lock, dense positions, times from the database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

import structlog
from eventsourcing.persistence import Notification, PersistenceError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import Cursor
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from infra.appending import (
    Append,
    Appended,
    CommandIsRecorded,
    CommandRow,
    LoggedEvent,
    StreamsHaveMoved,
)

log = structlog.get_logger(__name__)

APPEND_LOCK = 7_203_518_001
CHANNEL = "banjian_log"
SELECT: LiteralString = (
    "SELECT notification_id, originator_id, originator_version, topic, state,"
    " recorded_at FROM log.events"
)


class LogRecorder(PostgresApplicationRecorder):
    """Append-only log: dense positions, database times, outcomes beside events."""

    def append(self, append: Append) -> Appended:
        """Write all or nothing.

        Raises ``StreamsHaveMoved``, ``CommandIsRecorded`` or the library's
        ``IntegrityError`` for a version that is taken.
        """
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (APPEND_LOCK,))
            self._require_unmoved(cursor, append.versions)
            positions = self._insert(cursor, append.events)
            last = self._last(cursor)
            self._insert_commands(cursor, append.commands, positions, last)
        if positions:
            self.wake_readers(last)
        return Appended(positions=positions, last=last)

    def wake_readers(self, position: int) -> None:
        """NOTIFY outside the write transaction. Readers also poll: it may fail."""
        try:
            with self.datastore.get_connection() as connection:
                connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(position)))
        except PersistenceError as fault:  # what is committed is not undone by it
            cause = type(fault).__name__
            log.warning("readers_not_woken", position=position, cause=cause)

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        **_: Any,  # noqa: ANN401  the library's signature
    ) -> Sequence[int] | None:
        if not stored_events:
            return []
        return list(self.append(Append(events=stored_events)).positions)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        direction: LiteralString = "DESC" if desc else "ASC"
        return self._select(
            " WHERE originator_id = %s AND originator_version > %s"
            " AND originator_version <= %s ORDER BY originator_version "
            + direction
            + " LIMIT %s",
            (originator_id, gt or 0, 2**62 if lte is None else lte, limit),
        )

    def select_many(self, streams: Iterable[UUID]) -> Sequence[LoggedEvent]:
        """All events of several streams, each in order: one read for a batch."""
        return self._select(
            " WHERE originator_id = ANY(%s) ORDER BY originator_id, originator_version",
            (list(streams),),
        )

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        first = (start or 0) + (0 if inclusive_of_start else 1)
        return self._select(
            " WHERE notification_id >= %s AND notification_id <= %s"
            " AND (cardinality(%s::text[]) = 0 OR topic = ANY(%s))"
            " ORDER BY notification_id LIMIT %s",
            (first, 2**62 if stop is None else stop, list(topics), list(topics), limit),
        )

    def stored_outcomes(
        self, keys: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], tuple[bytes, dict[str, Any]]]:
        """Request hash and outcome of commands already recorded."""
        with self.datastore.get_connection() as connection:
            rows = connection.execute(
                "SELECT actor, key, request_hash, outcome FROM log.commands"
                " WHERE (actor, key) IN"
                " (SELECT * FROM unnest(%s::text[], %s::text[]))",
                ([actor for actor, _ in keys], [key for _, key in keys]),
            ).fetchall()
        return {
            (r["actor"], r["key"]): (bytes(r["request_hash"]), r["outcome"])
            for r in rows
        }

    def _require_unmoved(
        self, cursor: Cursor[DictRow], versions: Mapping[UUID, int]
    ) -> None:
        if not versions:
            return
        cursor.execute(
            "SELECT count(*) AS moved FROM unnest(%s::uuid[], %s::bigint[])"
            " AS read (stream, version) WHERE EXISTS (SELECT FROM log.events e"
            "  WHERE e.originator_id = read.stream"
            "  AND e.originator_version > read.version)",
            (list(versions), list(versions.values())),
        )
        row = cursor.fetchone()
        if row is None or row["moved"]:
            msg = "a stream read has moved"
            raise StreamsHaveMoved(msg)

    def _insert(
        self, cursor: Cursor[DictRow], events: Sequence[StoredEvent]
    ) -> tuple[int, ...]:
        if not events:
            return ()
        cursor.execute(
            "INSERT INTO log.events (originator_id, originator_version, topic, state)"
            " SELECT stream, version, topic, state FROM"
            " unnest(%s::uuid[], %s::bigint[], %s::text[], %s::bytea[])"
            " WITH ORDINALITY AS e (stream, version, topic, state, n) ORDER BY n"
            " RETURNING notification_id",
            (
                [e.originator_id for e in events],
                [e.originator_version for e in events],
                [e.topic for e in events],
                [e.state for e in events],
            ),
        )
        return tuple(row["notification_id"] for row in cursor.fetchall())

    def _insert_commands(
        self,
        cursor: Cursor[DictRow],
        commands: Sequence[CommandRow],
        positions: tuple[int, ...],
        last: int,
    ) -> None:
        start = 0
        for row in commands:
            mine = positions[start : start + row.event_count]
            start += row.event_count
            outcome = {**row.outcome, "positions": mine, "last": last}
            cursor.execute(
                "INSERT INTO log.commands (actor, key, request_hash, outcome)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (row.actor, row.key, row.request_hash, Jsonb(outcome)),
            )
            if cursor.rowcount == 0:
                msg = "the key has an outcome already"
                raise CommandIsRecorded(msg)

    @staticmethod
    def _last(cursor: Cursor[DictRow]) -> int:
        cursor.execute("SELECT last FROM log.counter")
        row = cursor.fetchone()
        return int(row["last"]) if row else 0

    def _select(
        self, tail: LiteralString, params: Sequence[object]
    ) -> Sequence[LoggedEvent]:
        query: LiteralString = SELECT + tail
        with self.datastore.get_connection() as connection:
            rows = connection.execute(query, params).fetchall()
        return [
            LoggedEvent(
                originator_id=r["originator_id"],
                originator_version=r["originator_version"],
                topic=r["topic"],
                state=bytes(r["state"]),
                id=r["notification_id"],
                recorded_at=r["recorded_at"],
            )
            for r in rows
        ]
