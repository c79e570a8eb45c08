"""Deadlines of cases under the shipped calendar, and instants to look at them."""

from datetime import UTC, date, datetime, time, timedelta

from domain.calendar.due import SHANGHAI, due
from domain.calendar.limits import Limit
from domain.case.tier import Deadlines
from tests.domain.calendar.national import NATIONAL, workdays

HOUR = timedelta(hours=1)
GIVEN = datetime(2011, 8, 1, 12, 0, tzinfo=UTC)
IMPORTED = Deadlines(given_deadline_at=GIVEN)


def on(day: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), tzinfo=SHANGHAI)


def promise(start: str, limit: Limit, statute: Limit | None = None) -> Deadlines:
    began = date.fromisoformat(start)
    return Deadlines(
        promised_due=due(began, limit, NATIONAL),
        statutory_due=due(began, statute, NATIONAL) if statute else None,
        promised_limit=limit,
    )


TWENTY = promise("2026-09-17", workdays(20))
