"""Facts about the calendar. Names and fields are a storage format: never rename."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYearPublished:
    """The days that one year's notice declares off and working (R-606).

    ``off`` and ``makeup`` are sorted. A notice may name days of the December
    before (2018-12-31 in that of 2019): they stay under the notice's year.
    """

    layer: str
    year: int
    notice: str
    source: str
    off: tuple[date, ...]
    makeup: tuple[date, ...]
    entered_by: str
    checked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYearRevised:
    """A later notice replaced the days of a published year (R-607)."""

    layer: str
    year: int
    notice: str
    source: str
    off: tuple[date, ...]
    makeup: tuple[date, ...]
    entered_by: str
    checked_by: str
    reason: str


CalendarEvent = CalendarYearPublished | CalendarYearRevised
