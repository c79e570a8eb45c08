"""One save of a bulk run: many events with their times, written in one transaction."""

from dataclasses import dataclass

from psycopg import Cursor
from psycopg.errors import InvalidParameterValue, UniqueViolation
from psycopg.rows import DictRow

from infra.appending import CommandIsRecorded, StreamsHaveMoved
from infra.bulk_deciding import Save
from infra.database import Database, Role
from infra.log_recorder import APPEND_LOCK

# Binary: as text a thousand instants alone would take longer than deciding.
APPEND = (
    "SELECT log.append_given(%s, %s, %b::uuid[], %b::bigint[], %b::text[],"
    " %b::bytea[], %b::timestamptz[]) AS last"
)
COPY = "COPY log.commands (actor, key, request_hash, outcome) FROM STDIN"


class TimesRunBackwards(ValueError):
    """A step lies before the one before it, or before what the log has recorded."""

    def __init__(self) -> None:
        super().__init__(
            "the steps are not in the order of their times, or begin before the last"
            " event of the log: a log is never written into its past"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """``last`` position of the log now; ``foreign``: streams that others added to.

    By ``UUID.int``, as the memory keeps them.
    """

    last: int
    foreign: frozenset[int]


def write_save(database: Database, save: Save, seen: int) -> Saved:
    """All of ``save`` or nothing. ``seen`` is the last position its reader knows.

    Raises ``StreamsHaveMoved``, ``CommandIsRecorded`` and ``TimesRunBackwards``.
    """
    with database.transaction(Role.WRITER) as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (APPEND_LOCK,))
        before = _last(cursor)
        if not save.answers:
            return Saved(last=before, foreign=_foreign(cursor, seen))
        foreign = _foreign(cursor, seen) if before > seen else frozenset()
        if not foreign.isdisjoint(save.read):
            msg = "a stream read has moved"
            raise StreamsHaveMoved(msg)
        last = _append(cursor, save, before)
        _copy(cursor, save, before)
    return Saved(last=last, foreign=foreign)


def _last(cursor: Cursor[DictRow]) -> int:
    row = cursor.execute("SELECT last FROM log.counter").fetchone()
    return int(row["last"]) if row else 0


def _foreign(cursor: Cursor[DictRow], seen: int) -> frozenset[int]:
    rows = cursor.execute(
        "SELECT DISTINCT originator_id FROM log.events WHERE notification_id > %s",
        (seen,),
    )
    return frozenset(row["originator_id"].int for row in rows)


def _append(cursor: Cursor[DictRow], save: Save, before: int) -> int:
    try:
        row = cursor.execute(
            APPEND,
            (before, save.until, *save.columns),
        ).fetchone()
    except InvalidParameterValue as wrong:
        raise TimesRunBackwards from wrong
    return int(row["last"]) if row else before


def _copy(cursor: Cursor[DictRow], save: Save, before: int) -> None:
    try:
        with cursor.copy(COPY) as copy:
            for row in save.outcomes(before):
                copy.write_row(row)
    except UniqueViolation as taken:
        msg = "a key has an outcome already"
        raise CommandIsRecorded(msg) from taken
