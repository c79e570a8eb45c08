"""Which days are working days, and counting them. An unknown year has no answer."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar.rejections import CalendarYearUnknown
from domain.calendar.state import Calendar

ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_PROVISIONAL_FROM = (12, 25)


class DayKind(StrEnum):
    """What the calendar says of a day; ``UNKNOWN`` when it says nothing."""

    WORKDAY = "workday"
    REST_DAY = "rest_day"
    UNKNOWN = "unknown"


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def kind_of_day(calendar: Calendar, day: date) -> DayKind:
    """Say whether ``day`` is worked, never guessing (R-601, R-610).

    Next year's notice is asked first: it may change the end of this one (R-608).
    """
    for year in (day.year + 1, day.year):
        declared = calendar.years.get(year)
        if declared is None:
            continue
        if day in declared.off:
            return DayKind.REST_DAY
        if day in declared.makeup:
            return DayKind.WORKDAY
    if day.year not in calendar.years:
        return DayKind.UNKNOWN
    return DayKind.REST_DAY if is_weekend(day) else DayKind.WORKDAY


def is_workday(calendar: Calendar, day: date) -> bool:
    """Say whether ``day`` is worked; ``CalendarYearUnknown`` if nobody knows."""
    kind = kind_of_day(calendar, day)
    if kind is DayKind.UNKNOWN:
        raise CalendarYearUnknown(year=day.year)
    return kind is DayKind.WORKDAY


def is_settled(calendar: Calendar, day: date) -> bool:
    """Say whether no notice still to come is expected to change ``day`` (R-608).

    The last days of a year wait for the notice of the next.
    """
    if kind_of_day(calendar, day) is DayKind.UNKNOWN:
        return False
    return (day.month, day.day) < _PROVISIONAL_FROM or day.year + 1 in calendar.years


def could_be_workday(calendar: Calendar, day: date) -> bool:
    """Say whether ``day`` is worked or may yet turn out to be (R-612)."""
    return not is_settled(calendar, day) or is_workday(calendar, day)


def add_workdays(calendar: Calendar, start: date, amount: int) -> date:
    """Give the ``amount``-th working day after ``start``, day 0 (R-151, R-152).

    Raises ``CalendarYearUnknown`` if the way there leads through an unknown day.
    """
    return nth_day(start, amount, lambda day: is_workday(calendar, day))


def workdays_between(calendar: Calendar, start: date, end: date) -> int:
    """Count the working days in (start, end], 0 if ``end`` is not later (R-159).

    Raises ``CalendarYearUnknown`` if one of the days is unknown.
    """
    count, day = 0, start
    while day < end:
        day += ONE_DAY
        count += is_workday(calendar, day)
    return count


def nth_day(start: date, amount: int, counts: Callable[[date], bool]) -> date:
    """Give the ``amount``-th day after ``start`` among those that count."""
    day = start
    while amount > 0:
        day += ONE_DAY
        amount -= counts(day)
    return day
