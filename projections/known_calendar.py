"""The calendar and warning policy as far as a view has read the log."""

from functools import lru_cache
from typing import Any, LiteralString

import msgspec

from domain.calendar import state as calendar_state
from domain.calendar.due import Due
from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.calendar.state import Calendar
from domain.case.tier import WarningPolicy
from domain.supervision import state as supervision_state
from domain.supervision.events import WarningPolicyPublished
from infra.envelope import Recorded
from projections.row_store import RowStore
from projections.view import ReadCursor

CalendarFact = CalendarYearPublished | CalendarYearRevised
KINDS: dict[str, type[CalendarYearPublished | CalendarYearRevised]] = {
    kind.__name__: kind for kind in (CalendarYearPublished, CalendarYearRevised)
}
COLUMNS: LiteralString = (
    "(position bigint PRIMARY KEY, kind text NOT NULL, fact jsonb NOT NULL)"
)


def keep(cursor: ReadCursor, table: LiteralString, recorded: Recorded) -> None:
    """Remember a calendar or policy event in ``table`` (``views.…``)."""
    insert: LiteralString = "INSERT INTO " + table + " VALUES (%s, %s, %s)"
    event = recorded.event
    fact = msgspec.json.encode(event).decode()
    cursor.execute(insert, (recorded.position, type(event).__name__, fact))


def read_calendar(cursor: ReadCursor, table: LiteralString) -> Calendar:
    select: LiteralString = "SELECT kind, fact FROM " + table + " ORDER BY position"
    cursor.execute(select)
    facts: list[CalendarFact] = [
        msgspec.convert(row["fact"], KINDS[row["kind"]])
        for row in cursor.fetchall()
        if row["kind"] in KINDS
    ]
    return calendar_state.fold(facts)


def read_known(
    cursor: ReadCursor, table: LiteralString
) -> tuple[Calendar, WarningPolicy | None]:
    """Both in one read, for a view that needs both at every acceptance."""
    select: LiteralString = (
        "SELECT kind, fact::text AS fact FROM " + table + " ORDER BY position"
    )
    cursor.execute(select)
    return _folded(tuple((row["kind"], row["fact"]) for row in cursor.fetchall()))


@lru_cache(maxsize=8)
def _folded(
    known: tuple[tuple[str, str], ...],
) -> tuple[Calendar, WarningPolicy | None]:
    """The same facts again and again, until a year or a policy is published."""
    calendar = calendar_state.fold(
        msgspec.json.decode(fact, type=KINDS[kind])
        for kind, fact in known
        if kind in KINDS
    )
    policies = supervision_state.fold(
        msgspec.json.decode(fact, type=WarningPolicyPublished)
        for kind, fact in known
        if kind == WarningPolicyPublished.__name__
    )
    return calendar, policies


def read_policy(cursor: ReadCursor, table: LiteralString) -> WarningPolicy | None:
    """The latest policy; None if none was ever published."""
    select: LiteralString = (
        "SELECT fact FROM "
        + table
        + " WHERE kind = 'WarningPolicyPublished' ORDER BY position DESC LIMIT 1"
    )
    cursor.execute(select)
    row = cursor.fetchone()
    if row is None:
        return None
    event = msgspec.convert(row["fact"], WarningPolicyPublished)
    return WarningPolicy(
        version=event.version,
        yellow_percent=event.yellow_percent,
        yellow_min_workdays=event.yellow_min_workdays,
    )


def calendar_of(rows: RowStore, table: LiteralString) -> Calendar:
    """The calendar of ``table``, read once as long as ``rows`` remembers."""
    if "calendar" not in rows.memo:
        rows.memo["calendar"] = read_calendar(rows.cursor, table)
    calendar: Calendar = rows.memo["calendar"]
    return calendar


def plain_due(due: Due) -> dict[str, Any]:
    """A computed due date with its reason, as it lies in a view."""
    plain: dict[str, Any] = msgspec.to_builtins(due)
    return plain


def due_from(stored: dict[str, Any] | None) -> Due | None:
    return None if stored is None else msgspec.convert(stored, Due)
