"""The recorder of the log: advisory lock, dense positions, times from the database."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

import structlog
from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from infra.appending import Append, Appended, LoggedEvent
from infra.group_commit import GroupCommit, Member
from infra.group_writing import write_group
from infra.waking import CHANNEL, LogEnd, Notifier

__all__ = ["APPEND_LOCK", "CHANNEL", "LogRecorder"]

log = structlog.get_logger(__name__)

APPEND_LOCK = 7_203_518_001
SELECT: LiteralString = (
    "SELECT notification_id, originator_id, originator_version, topic, state,"
    " recorded_at, xid::text::bigint AS xid FROM log.events"
)


class LogRecorder(PostgresApplicationRecorder):
    """Append-only log: dense positions, database times, outcomes beside events."""

    def __init__(
        self, datastore: PostgresDatastore, *, events_table_name: str = "events"
    ) -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        self.channel_name = CHANNEL  # where the library's subscriptions listen
        self.end = LogEnd()
        self._group = GroupCommit(self._write)
        self._notifier = Notifier(self._notify)
        self._is_behind = False

    def append(self, append: Append) -> Appended:
        """Write all or nothing, in one transaction with what others append now.

        Raises ``StreamsHaveMoved``, ``CommandIsRecorded``, the library's
        ``IntegrityError`` for a version that is taken, ``LogIsBusy`` when the lock
        was not to be had in time, ``OutcomeIsUnknown`` when the connection broke.
        """
        return self._group.append(append)

    @property
    def waiting(self) -> int:
        """How many appends of this process wait for the one that is being written."""
        return self._group.waiting

    def wake_readers(self, position: int) -> None:
        """Tell readers in this process now, and in others after the transaction."""
        self.end.announce(position)
        self._notifier.tell(position)

    def close(self) -> None:
        """Tell the readers what they have not been told yet, and end."""
        self._notifier.close()

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

    def _write(self, group: Sequence[Member]) -> None:
        row = write_group(self.datastore, group)
        if row is None:
            return
        self.wake_readers(row["reached"])
        self._watch_clock(row["behind"])

    def _watch_clock(self, behind: timedelta | None) -> None:
        """Once for each time that the database's clock is set back."""
        if behind is not None and not self._is_behind:
            log.warning("log_clock_stepped_back", seconds=behind.total_seconds())
        self._is_behind = behind is not None

    def _notify(self, position: int) -> None:
        with self.datastore.get_connection() as connection:
            connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(position)))

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
                transaction_id=r["xid"],
            )
            for r in rows
        ]
