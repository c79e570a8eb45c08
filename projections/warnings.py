"""Open and overdue cases as of an instant, with tier and remaining time in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from domain.calendar.due import Due, local_date
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.state import Calendar
from domain.case.tier import (
    NO_POLICY,
    Deadlines,
    DeadlineTier,
    WarningPolicy,
    deadline_tier,
    remaining_in_words,
    remaining_workdays,
)
from projections.known_calendar import due_from, read_calendar, read_policy
from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor

KNOWN: LiteralString = "views.deadlines_known_v1"


class Judged(NamedTuple):
    """Tier, remaining time in words and working days, and last day of given dates."""

    tier: DeadlineTier
    remaining: str
    remaining_workdays: int | None
    due_on: str | None


class Window(StrEnum):
    """``CASE``: from opening to end. ``STEPS``: from the first step to the last."""

    CASE = "case"
    STEPS = "steps"


OPEN_AT: dict[Window, LiteralString] = {
    Window.CASE: (" opened_at <= %(at)s AND (ended_at IS NULL OR ended_at > %(at)s)"),
    Window.STEPS: " first_step_at <= %(at)s AND last_step_at > %(at)s",
}
STARTED_BY: dict[Window, LiteralString] = {
    Window.CASE: " opened_at <= %(at)s",
    Window.STEPS: " first_step_at <= %(at)s",
}
OVERDUE: LiteralString = """
(deadline_at <= %(at)s OR (accepted_at <= %(at)s AND promised_due_on < %(today)s
    AND NOT (promised_due->>'provisional')::boolean))
"""
COUNTS: LiteralString = """
SELECT count(*) FILTER (WHERE {started}) AS started_by,
    count(*) FILTER (WHERE {open}) AS open,
    count(*) FILTER (WHERE {open} AND {overdue}) AS overdue
FROM views.deadlines_v1 WHERE """
# Movements only where some are later than the instant: else the row holds it all.
COLUMNS: LiteralString = """
case_id, case_no, item_name, office_code, post, responsible, stage, is_imported,
opened_at, accepted_at, accepted_on, deadline_at, promised_limit, limit_unit,
promised_due, statutory_due,
CASE WHEN greatest(last_step_at, ended_at) > %(at)s THEN movements END AS movements
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Cases begun by the instant, those of them open then, and overdue then."""

    started_by: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """One open case; stage, post and responsible are those of the instant too.

    ``used_percent`` None: no span is known.
    ``urgency`` sorts: overdue by the most working time first, then by what is left.
    """

    case_id: UUID
    case_no: str
    item_name: str | None
    office_code: str
    post: UUID | None
    responsible: UUID | None
    stage: str
    tier: DeadlineTier
    remaining: str
    remaining_workdays: int | None
    due_on: str | None
    is_imported: bool
    used_percent: int | None
    urgency: tuple[int, float]


def counts(cursor: ReadCursor, scope: Scope, at: datetime, window: Window) -> Counts:
    """How many were begun, open and overdue at ``at`` (begin and end intervals)."""
    query = COUNTS.format(
        started=STARTED_BY[window], open=OPEN_AT[window], overdue=OVERDUE
    )
    cursor.execute(query + IN_SCOPE, _params(scope, at))
    row = cursor.fetchone()
    return Counts(**row) if row else Counts(started_by=0, open=0, overdue=0)


def warnings(
    cursor: ReadCursor, scope: Scope, at: datetime, window: Window = Window.CASE
) -> list[OpenCase]:
    """All cases open at ``at``, most overdue first."""
    query: LiteralString = (
        "SELECT "
        + COLUMNS
        + " FROM views.deadlines_v1 WHERE "
        + IN_SCOPE
        + " AND"
        + OPEN_AT[window]
    )
    cursor.execute(query, _params(scope, at))
    rows = cursor.fetchall()
    calendar = read_calendar(cursor, KNOWN)
    policy = read_policy(cursor, KNOWN) or NO_POLICY

    @cache  # cases of one item accepted on one day share their dates
    def judge(deadlines: Deadlines) -> Judged:
        return judged(deadlines, at, calendar, policy)

    found = [warning(row, at, judge) for row in rows]
    return sorted(found, key=lambda w: (w.urgency, w.case_no))


def judged(
    deadlines: Deadlines, at: datetime, calendar: Calendar, policy: WarningPolicy
) -> Judged:
    """What the dates come to at ``at``; the only thing that walks the calendar."""
    first = deadlines.promised_due or deadlines.statutory_due
    left = remaining_workdays(first, local_date(at), calendar) if first else None
    return Judged(
        tier=deadline_tier(deadlines, at, calendar, policy),
        remaining=remaining_in_words(deadlines, at, calendar),
        remaining_workdays=left,
        due_on=_due_text(deadlines, first),
    )


def warning(
    row: dict[str, Any], at: datetime, judge: Callable[[Deadlines], Judged]
) -> OpenCase:
    """One case as of ``at``; acceptance after that instant is not known yet."""
    deadlines = _deadlines(row, at)
    of_dates, held = judge(deadlines), _as_of(row, at)
    return OpenCase(
        case_id=row["case_id"],
        case_no=row["case_no"],
        item_name=row["item_name"],
        office_code=row["office_code"],
        post=_id(held["post"]),
        responsible=_id(held["responsible"]),
        stage=held["stage"],
        tier=of_dates.tier,
        remaining=of_dates.remaining,
        remaining_workdays=of_dates.remaining_workdays,
        due_on=of_dates.due_on,
        is_imported=row["is_imported"],
        used_percent=_used(row, deadlines, at),
        urgency=_urgency(deadlines, of_dates.remaining_workdays, at),
    )


def _as_of(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Stage, post and responsible at ``at``: no later step is known yet."""
    if row["movements"] is None:
        return row
    held: dict[str, Any] = {"stage": "open", "post": None, "responsible": None}
    for movement in row["movements"]:
        if datetime.fromisoformat(movement["at"]) <= at:
            held |= movement
    return held


def _id(told: UUID | str | None) -> UUID | None:
    return UUID(told) if isinstance(told, str) else told


def _deadlines(row: dict[str, Any], at: datetime) -> Deadlines:
    if row["deadline_at"] is not None:
        return Deadlines(
            given_deadline_at=row["deadline_at"], given_started_at=row["opened_at"]
        )
    if row["accepted_at"] is None or row["accepted_at"] > at:
        return Deadlines()
    limit = Limit(row["promised_limit"], LimitUnit(row["limit_unit"]))
    return Deadlines(
        promised_due=due_from(row["promised_due"]),
        statutory_due=due_from(row["statutory_due"]),
        promised_limit=limit,
    )


def _due_text(deadlines: Deadlines, first: Due | None) -> str | None:
    if deadlines.given_deadline_at is not None:
        return deadlines.given_deadline_at.isoformat()
    return first.on.isoformat() if first and first.on else None


def _urgency(deadlines: Deadlines, left: int | None, at: datetime) -> tuple[int, float]:
    """Days left: working days of a computed date, days of a given instant."""
    if deadlines.given_deadline_at is not None:
        return 0, (deadlines.given_deadline_at - at).total_seconds() / 86_400
    if left is not None:
        return 0, float(left)
    return 1, 0.0


def _used(row: dict[str, Any], deadlines: Deadlines, at: datetime) -> int | None:
    """Percent of the span from beginning to deadline that is gone, 0…100."""
    end, start = deadlines.given_deadline_at, row["opened_at"]
    if end is None:
        due = deadlines.promised_due
        start = row["accepted_on"]
        if due is None or due.on is None or start is None:
            return None
        total, gone = (due.on - start).days, (local_date(at) - start).days
    elif start is None or end <= start:
        return None
    else:
        total, gone = (end - start).total_seconds(), (at - start).total_seconds()
    return 100 if total <= 0 else max(0, min(100, round(100 * gone / total)))


def _params(scope: Scope, at: datetime) -> dict[str, object]:
    return {"prefix": scope.prefix, "at": at, "today": local_date(at)}


def tier_counts(found: list[OpenCase]) -> dict[DeadlineTier, int]:
    """How many open cases stand in each tier; every tier is named."""
    counted = dict.fromkeys(DeadlineTier, 0)
    for each in found:
        counted[each.tier] += 1
    return counted
