"""The rules for taking a year into the calendar (R-606, R-607, R-609)."""

from datetime import date, timedelta
from typing import assert_never

from domain.calendar.commands import (
    CalendarCommand,
    PublishCalendarYear,
    ReviseCalendarYear,
)
from domain.calendar.events import (
    CalendarEvent,
    CalendarYearPublished,
    CalendarYearRevised,
)
from domain.calendar.rejections import (
    CalendarDayOutsideYear,
    CalendarLayerUnknown,
    CalendarYearAlreadyPublished,
    CalendarYearHasNoDaysOff,
    CalendarYearHasNoNotice,
    CalendarYearNotPublished,
    CalendarYearUnchecked,
    DayIsOffAndMakeup,
    MakeupDayIsWeekday,
    MakeupDayTooFar,
    RevisionHasNoReason,
    StatutoryDaysMissing,
)
from domain.calendar.state import NATIONAL, Calendar, CalendarYear
from domain.calendar.workdays import is_weekend

_FARTHEST_MAKEUP = timedelta(weeks=3)
_DECREE_795_FROM = 2025
_DECEMBER = 12


def decide(calendar: Calendar, command: CalendarCommand) -> tuple[CalendarEvent, ...]:
    match command:
        case PublishCalendarYear():
            return publish(calendar, command)
        case ReviseCalendarYear():
            return revise(calendar, command)
        case _:
            assert_never(command)


def publish(
    calendar: Calendar, command: PublishCalendarYear
) -> tuple[CalendarEvent, ...]:
    """Take a new year; the same year again changes nothing."""
    _require_sound(calendar, command)
    known = calendar.years.get(command.year)
    if known is not None:
        if _says_the_same(known, command):
            return ()
        raise CalendarYearAlreadyPublished(year=command.year)
    return (
        CalendarYearPublished(
            layer=command.layer,
            year=command.year,
            notice=command.notice,
            source=command.source,
            off=_sorted(command.off),
            makeup=_sorted(command.makeup),
            entered_by=command.entered_by,
            checked_by=command.checked_by,
        ),
    )


def revise(
    calendar: Calendar, command: ReviseCalendarYear
) -> tuple[CalendarEvent, ...]:
    """Replace a published year; the same days and notice change nothing."""
    known = calendar.years.get(command.year)
    if known is None:
        raise CalendarYearNotPublished(year=command.year)
    _require_sound(calendar, command)
    if not command.reason.strip():
        raise RevisionHasNoReason(year=command.year)
    if _says_the_same(known, command):
        return ()
    return (
        CalendarYearRevised(
            layer=command.layer,
            year=command.year,
            notice=command.notice,
            source=command.source,
            off=_sorted(command.off),
            makeup=_sorted(command.makeup),
            entered_by=command.entered_by,
            checked_by=command.checked_by,
            reason=command.reason,
        ),
    )


def _says_the_same(known: CalendarYear, command: CalendarCommand) -> bool:
    return known == CalendarYear(
        notice=command.notice,
        source=command.source,
        off=frozenset(command.off),
        makeup=frozenset(command.makeup),
    )


def _require_sound(calendar: Calendar, command: CalendarCommand) -> None:
    if command.layer != NATIONAL or command.layer != calendar.layer:
        raise CalendarLayerUnknown(layer=command.layer)
    if not command.off:
        raise CalendarYearHasNoDaysOff(year=command.year)
    if not command.notice.strip() or not command.source.strip():
        raise CalendarYearHasNoNotice(year=command.year)
    entered_by, checked_by = command.entered_by.strip(), command.checked_by.strip()
    if not entered_by or not checked_by or entered_by == checked_by:
        raise CalendarYearUnchecked(year=command.year)
    _require_sound_days(command)
    _require_statutory_days(command)


def _require_sound_days(command: CalendarCommand) -> None:
    for day in (*command.off, *command.makeup):
        if not _may_declare(command.year, day):
            raise CalendarDayOutsideYear(year=command.year, day=day.isoformat())
    for day in command.makeup:
        if day in command.off:
            raise DayIsOffAndMakeup(day=day.isoformat())
        if not is_weekend(day):
            raise MakeupDayIsWeekday(day=day.isoformat())
        if min(abs(day - off) for off in command.off) > _FARTHEST_MAKEUP:
            raise MakeupDayTooFar(day=day.isoformat())


def _may_declare(year: int, day: date) -> bool:
    return day.year == year or (day.year == year - 1 and day.month == _DECEMBER)


def _require_statutory_days(command: CalendarCommand) -> None:
    """Refuse a year that gives fewer days than the law (R-603, R-609).

    Lunar dates are never computed (R-601), so the statutory days cannot be
    looked for by date. They can be counted: a statutory day on a weekend is
    given back on a weekday, and every further weekday off is paid for by a
    make-up day. So weekdays off less make-up days is at least the number of
    statutory days: 13 since State Council decree 795, 11 before. In the notices
    of 2019…2026 it is equal, but for 2020, which gave two days more.
    """
    required = 13 if command.year >= _DECREE_795_FROM else 11
    weekdays_off = sum(not is_weekend(day) for day in set(command.off))
    covered = weekdays_off - len(set(command.makeup))
    if covered < required:
        raise StatutoryDaysMissing(
            year=command.year, covered=covered, required=required
        )


def _sorted(days: tuple[date, ...]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))
