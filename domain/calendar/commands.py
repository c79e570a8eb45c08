"""What callers may ask of the calendar. Time and identity arrive in the command."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCalendarYear:
    """Enter a year as its State Council notice gives it."""

    layer: str
    year: int
    notice: str
    source: str
    off: tuple[date, ...]
    makeup: tuple[date, ...]
    entered_by: str
    checked_by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseCalendarYear:
    """Replace the days of a published year by those of a later notice."""

    layer: str
    year: int
    notice: str
    source: str
    off: tuple[date, ...]
    makeup: tuple[date, ...]
    entered_by: str
    checked_by: str
    reason: str
    now: datetime


CalendarCommand = PublishCalendarYear | ReviseCalendarYear
