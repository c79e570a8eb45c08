"""The open cases that one officer answers for, most urgent first."""

from datetime import datetime
from functools import cache
from typing import LiteralString
from uuid import UUID

from domain.calendar.due import local_date
from domain.case.tier import NO_POLICY, Deadlines
from projections.known_calendar import read_calendar, read_policy
from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor
from projections.warnings import (
    COLUMNS,
    KNOWN,
    OPEN_AT,
    Judged,
    OpenCase,
    Window,
    judged,
    warning,
)

OWN: LiteralString = (
    "SELECT "
    + COLUMNS
    + " FROM views.deadlines_v1"
    + " WHERE responsible = %(officer)s AND NOT is_imported AND "
    + IN_SCOPE
    + " AND"
    + OPEN_AT[Window.CASE]
)


def own_open_cases(
    cursor: ReadCursor, scope: Scope, officer: UUID, at: datetime
) -> list[OpenCase]:
    """What ``officer`` has to finish; what nobody has accepted yet comes last."""
    params = {
        "officer": officer,
        "prefix": scope.prefix,
        "at": at,
        "today": local_date(at),
    }
    cursor.execute(OWN, params)
    rows = cursor.fetchall()
    calendar = read_calendar(cursor, KNOWN)
    policy = read_policy(cursor, KNOWN) or NO_POLICY

    @cache  # cases of one item accepted on one day share their dates
    def judge(deadlines: Deadlines) -> Judged:
        return judged(deadlines, at, calendar, policy)

    found = [warning(row, at, judge) for row in rows]
    return sorted(found, key=lambda each: (each.urgency, each.case_no))
