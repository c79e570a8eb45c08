"""Due dates: the last day of a limit, or why there is none yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import assert_never

from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.rejections import CalendarYearUnknown
from domain.calendar.state import Calendar
from domain.calendar.workdays import (
    ONE_DAY,
    could_be_workday,
    is_settled,
    is_workday,
    nth_day,
)

# China has had one offset and no summer time since 1992; a fixed offset needs no
# time zone database on the machine.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, as a local date in Shanghai (R-153).

    ``on`` is None when it lies behind a day nobody knows (R-611). ``provisional``
    says that a notice still to come may change it: no overdue finding may rest on
    it (R-612). It is never before ``earliest_on``, which equals ``on`` once that
    is certain. ``reason`` explains the date in Chinese.
    """

    on: date | None
    provisional: bool
    reason: str
    earliest_on: date | None = None


@lru_cache(4096)
def due(start: date, limit: Limit, calendar: Calendar) -> Due:
    """Compute the last day of ``limit`` after ``start``, the day 0 (R-151…R-154)."""
    if limit.amount == 0:
        return Due(start, provisional=False, reason="当日办结", earliest_on=start)
    earliest = _last_day(start, limit, lambda day: could_be_workday(calendar, day))
    try:
        on = _last_day(start, limit, lambda day: is_workday(calendar, day))
    except CalendarYearUnknown as unknown:
        reason = f"缺 {unknown.year} 年放假安排，到期日不能确定"
        return Due(None, provisional=True, reason=reason, earliest_on=earliest)
    if is_settled(calendar, on):
        reason = _how_counted(start, limit, on)
        return Due(on, provisional=False, reason=reason, earliest_on=on)
    reason = f"{on.year + 1} 年放假安排尚未载入，年末到期日为暂定"
    return Due(on, provisional=True, reason=reason, earliest_on=earliest)


def is_on_time(completed_on: date, due_on: date) -> bool:
    """Say whether a case was finished in time: the last day belongs to it (R-153)."""
    return completed_on <= due_on


def local_date(instant: datetime) -> date:
    """Give the date in Shanghai of an aware ``instant`` (R-614)."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone has no local date")
    return instant.astimezone(SHANGHAI).date()


def _last_day(start: date, limit: Limit, works: Callable[[date], bool]) -> date:
    match limit.unit:
        case LimitUnit.WORKDAYS:
            return nth_day(start, limit.amount, works)
        case LimitUnit.NATURAL_DAYS:
            day = start + limit.amount * ONE_DAY
            while not works(day):
                day += ONE_DAY
            return day
        case _:
            assert_never(limit.unit)


def _how_counted(start: date, limit: Limit, on: date) -> str:
    counted = f"自 {start} 次日起算 {limit.in_words()}"
    last = start + limit.amount * ONE_DAY
    if limit.unit is LimitUnit.NATURAL_DAYS and on != last:
        return f"{counted}，末日 {last} 为休息日，顺延至 {on}"
    return counted
