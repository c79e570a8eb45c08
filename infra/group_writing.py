"""One group of appends written by one call of ``log.append``, and told of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, LiteralString

from eventsourcing.persistence import (
    IntegrityError,
    OperationalError,
    PersistenceError,
)
from eventsourcing.postgres import PostgresDatastore
from psycopg.errors import LockNotAvailable
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

from infra.appending import (
    Append,
    Appended,
    CommandIsRecorded,
    LogIsBusy,
    OutcomeIsUnknown,
    StreamsHaveMoved,
)
from infra.group_commit import Member

CALL: LiteralString = (
    "SELECT * FROM log.append(%s::uuid[], %s::bigint[], %s::uuid[], %s::bigint[],"
    " %s::text[], %b::bytea[], %s::text[], %s::text[], %b::bytea[], %s::text[],"
    " %s::int[], %s::int[], %s::int[], %s)"
)
# Classes of SQLSTATE after which a statement may or may not have been committed:
# none at all (the connection broke), connection, the server being stopped.
UNCLEAR = frozenset({"08", "57"})
NOTHING_SENT = (PoolClosed, PoolTimeout, TooManyRequests)

Row = Mapping[str, Any]


def write_group(datastore: PostgresDatastore, group: Sequence[Member]) -> Row | None:
    """Settle every member of ``group``; the database's row if anything was written.

    Raises what concerns all of them alike: lock, connection, server.
    """
    try:
        return _write(datastore, group)
    except OperationalError:
        raise
    except PersistenceError:
        if len(group) == 1:
            raise
    return _write_one_by_one(datastore, group)


def _write(datastore: PostgresDatastore, group: Sequence[Member]) -> Row | None:
    """Members that are refused are told so, and the rest is tried again."""
    remaining = list(group)
    while remaining:
        row = _call(datastore, [member.append for member in remaining])
        if row["reached"] is not None:
            _tell(remaining, row)
            return row
        refused = _refusals(remaining, row)
        for place, fault in refused.items():
            remaining[place].fail(fault)
        remaining = [m for m in remaining if not m.is_settled]
    return None


def _write_one_by_one(
    datastore: PostgresDatastore, group: Sequence[Member]
) -> Row | None:
    """After a fault that one of them caused: it must not touch the others."""
    last: Row | None = None
    for member in group:
        if member.is_settled:
            continue
        try:
            last = _write(datastore, [member]) or last
        except OperationalError:
            raise
        except PersistenceError as fault:
            member.fail(fault)
    return last


def _call(datastore: PostgresDatastore, appends: Sequence[Append]) -> Row:
    try:
        with datastore.get_connection() as connection:
            row = connection.execute(CALL, _columns(appends), prepare=True).fetchone()
    except OperationalError as fault:
        raise _meaning(fault) from fault
    assert row is not None  # noqa: S101  a function with OUT parameters gives one
    return row


def _meaning(fault: OperationalError) -> OperationalError:
    cause = fault.__cause__
    state = getattr(cause, "sqlstate", None)
    if isinstance(cause, LockNotAvailable):
        return LogIsBusy("others kept the append lock too long: nothing was written")
    if isinstance(cause, NOTHING_SENT) or (state and state[:2] not in UNCLEAR):
        return fault
    msg = "the connection was lost during an append: repeat it under the same key"
    return OutcomeIsUnknown(msg)


def _columns(appends: Sequence[Append]) -> tuple[object, ...]:
    events = [event for append in appends for event in append.events]
    commands = [row for append in appends for row in append.commands]
    firsts, lasts = _spans(appends)
    return (
        [stream for append in appends for stream in append.versions],
        _numbers(v for append in appends for v in append.versions.values()),
        [event.originator_id for event in events],
        _numbers(event.originator_version for event in events),
        [event.topic for event in events],
        [event.state for event in events],
        [row.actor for row in commands],
        [row.key for row in commands],
        [row.request_hash for row in commands],
        [json.dumps(row.outcome) for row in commands],
        _numbers(firsts),
        _numbers(row.event_count for row in commands),
        _numbers(lasts),
        any(e.originator_id not in a.versions for a in appends for e in a.events),
    )


def _numbers(numbers: "Iterator[int] | Sequence[int]") -> str:
    """As text: psycopg's type of a list of numbers depends on how large they are."""
    return "{" + ",".join(map(str, numbers)) + "}"


def _spans(appends: Sequence[Append]) -> tuple[list[int], list[int]]:
    """For each command: the group's events before its own, and up to its save's end."""
    firsts, lasts, end = list[int](), list[int](), 0
    for append in appends:
        start, end = end, end + len(append.events)
        for row in append.commands:
            firsts.append(start)
            start += row.event_count
            lasts.append(end)
    return firsts, lasts


def _tell(members: Sequence[Member], row: Row) -> None:
    last = row["reached"] - sum(len(m.append.events) for m in members)
    for member in members:
        first, last = last + 1, last + len(member.append.events)
        member.succeed(
            Appended(
                positions=tuple(range(first, last + 1)),
                last=last,
                recorded_at=row["instant"],
                transaction_id=row["xid"],
            )
        )


def _refusals(members: Sequence[Member], row: Row) -> dict[int, IntegrityError]:
    """By place in ``members``; streams that have moved come before other reasons."""
    appends = [member.append for member in members]
    refusals: dict[int, IntegrityError] = {}
    for places, sizes, fault in (
        (row["moved"], [len(a.versions) for a in appends], StreamsHaveMoved),
        (row["known"], [len(a.commands) for a in appends], CommandIsRecorded),
        (row["taken"], [len(a.events) for a in appends], IntegrityError),
    ):
        owners = list(chain.from_iterable([n] * size for n, size in enumerate(sizes)))
        for place in places or ():
            refusals.setdefault(owners[place - 1], fault(TOLD[fault]))
    return refusals


TOLD: dict[type[IntegrityError], str] = {
    StreamsHaveMoved: "a stream read has moved",
    CommandIsRecorded: "the key has an outcome already",
    IntegrityError: "a stream has an event of this version already",
}
