"""When a running case will turn: the instants at which its tier becomes another."""

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.calendar.due import SHANGHAI, Due
from domain.calendar.state import Calendar
from domain.calendar.workdays import ONE_DAY
from domain.case.tier import Deadlines, WarningPolicy, yellow_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """Local midnights in Shanghai; None = not while the dates are what they are."""

    yellow_at: datetime | None = None
    red_at: datetime | None = None
    illegal_at: datetime | None = None


def turning(deadlines: Deadlines, calendar: Calendar, policy: WarningPolicy) -> Turning:
    """Give the first instants of yellow, red and illegal (R-403, V-40).

    No red for a provisional date: when it is settled there will be one (R-408).
    What tier the case then has, only ``deadline_tier`` says.
    """
    first = deadlines.promised_due or deadlines.statutory_due
    if first is None:
        return Turning()
    begins = yellow_from(first, deadlines.promised_limit, calendar, policy)
    return Turning(
        yellow_at=_midnight(begins),
        red_at=_after(deadlines.promised_due),
        illegal_at=_after(deadlines.statutory_due),
    )


def _after(due: Due | None) -> datetime | None:
    """The last day itself is still in time (R-153)."""
    if due is None or due.on is None or due.provisional:
        return None
    return _midnight(due.on + ONE_DAY)


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), SHANGHAI)
