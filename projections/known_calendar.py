"""The calendar and warning policy as far as a view has read the log."""

from typing import Any, LiteralString

import msgspec

from domain.calendar import state as calendar_state
from domain.calendar.due import Due
from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.calendar.state import Calendar
from domain.case.tier import WarningPolicy
from domain.supervision.events import WarningPolicyPublished
from infra.envelope import Recorded
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


def stored_due(due: Due) -> str:
    """A computed due date with its reason, as it lies in a view."""
    return msgspec.json.encode(due).decode()


def due_from(stored: dict[str, Any] | None) -> Due | None:
    return None if stored is None else msgspec.convert(stored, Due)
