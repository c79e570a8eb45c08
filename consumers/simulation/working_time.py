"""Working time: seconds that somebody is at work, and the instants they fall on."""

from datetime import UTC, date, datetime, time, timedelta

from consumers.simulation.plan import PlanIsImpossible
from domain.calendar import decisions
from domain.calendar.due import SHANGHAI
from domain.calendar.state import Calendar, fold
from domain.calendar.workdays import ONE_DAY, DayKind, kind_of_day
from infra.calendars.reading import national_years

MINUTE = 60
HOUR = 60 * MINUTE
MORNING = 3 * HOUR + 30 * MINUTE
DAY = MORNING + 4 * HOUR
"""Seconds worked in a day: 08:30 to 12:00 and 14:00 to 18:00."""

OPENS = 8 * HOUR + 30 * MINUTE
OPENS_AGAIN = 14 * HOUR
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class WorkingTime:
    """Working seconds since ``starts_on``, as far as the calendar is known."""

    def __init__(self, starts_on: date) -> None:
        calendar = shipped_calendar()
        self.days: list[date] = []
        day = starts_on
        while (kind := kind_of_day(calendar, day)) is not DayKind.UNKNOWN:
            if kind is DayKind.WORKDAY:
                self.days.append(day)
            day += ONE_DAY
        if not self.days:
            raise PlanIsImpossible(f"no working day is known from {starts_on} on")
        self._midnights = [
            datetime.combine(day, time(), SHANGHAI).astimezone(UTC) for day in self.days
        ]
        self.end = len(self.days) * DAY

    def at(self, seconds: int) -> datetime:
        """The instant (UTC) at which so many seconds have been worked."""
        day, second = divmod(seconds, DAY)
        second += OPENS if second < MORNING else OPENS_AGAIN - MORNING
        return self._midnights[day] + timedelta(seconds=second)

    def before_opening(self) -> datetime:
        """Half an hour before the first day of work begins."""
        return self.at(0) - timedelta(minutes=30)


def shipped_calendar() -> Calendar:
    """The national years that every log is given when it is opened."""
    years = national_years(NEVER)
    return fold(e for year in years for e in decisions.decide(Calendar(), year))
