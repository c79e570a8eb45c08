"""Counting a limit day by day, so that a reader can check the due date himself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.state import Calendar
from domain.calendar.workdays import ONE_DAY, DayKind, is_weekend, kind_of_day


class DayWord(StrEnum):
    """Why a day is worked or not (R-601)."""

    WORKDAY = "workday"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDay:
    """``number`` is the place among the days that count, None if it does not.

    ``notice`` is the one that declares the day off or worked, if one does.
    """

    on: date
    word: DayWord
    number: int | None
    notice: str | None


def days_counted(
    start: date, until: date, limit: Limit, calendar: Calendar
) -> tuple[CountedDay, ...]:
    """The days (start, until] as ``limit`` counts them; day 0 is not among them.

    Natural days all count; of working days those that are worked (R-151, R-152).
    """
    return tuple(_numbered(start, until, limit, calendar))


def word_of_day(calendar: Calendar, day: date) -> DayWord:
    """Say why ``day`` is worked or not."""
    match kind_of_day(calendar, day):
        case DayKind.UNKNOWN:
            return DayWord.UNKNOWN
        case DayKind.WORKDAY:
            return DayWord.MAKEUP if is_weekend(day) else DayWord.WORKDAY
        case DayKind.REST_DAY:
            is_declared = notice_of_day(calendar, day) is not None
            return DayWord.HOLIDAY if is_declared else DayWord.WEEKEND


def notice_of_day(calendar: Calendar, day: date) -> str | None:
    """The notice that names ``day``; next year's is asked first (R-608)."""
    for year in (day.year + 1, day.year):
        declared = calendar.years.get(year)
        if declared and (day in declared.off or day in declared.makeup):
            return declared.notice
    return None


def _numbered(
    start: date, until: date, limit: Limit, calendar: Calendar
) -> Iterator[CountedDay]:
    day, number = start, 0
    while day < until:
        day += ONE_DAY
        word = word_of_day(calendar, day)
        is_worked = word in (DayWord.WORKDAY, DayWord.MAKEUP)
        is_natural = limit.unit is LimitUnit.NATURAL_DAYS
        counts = number < limit.amount and (is_natural or is_worked)
        number += counts
        yield CountedDay(
            on=day,
            word=word,
            number=number if counts else None,
            notice=notice_of_day(calendar, day),
        )
