"""The shipped national calendar, folded, and parts of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.calendar.decisions import decide
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.state import Calendar, fold
from infra.calendars.reading import national_years

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
YEARS = tuple(national_years(NOW))
NATIONAL = fold(event for year in YEARS for event in decide(Calendar(), year))


def without(*years: int) -> Calendar:
    """Give the national calendar with some years not loaded."""
    kept = {year: days for year, days in NATIONAL.years.items() if year not in years}
    return replace(NATIONAL, years=kept)


def workdays(amount: int) -> Limit:
    return Limit(amount, LimitUnit.WORKDAYS)


def natural_days(amount: int) -> Limit:
    return Limit(amount, LimitUnit.NATURAL_DAYS)


def days_of(first_year: int, last_year: int) -> Iterator[date]:
    day = date(first_year, 1, 1)
    while day.year <= last_year:
        yield day
        day += timedelta(days=1)
