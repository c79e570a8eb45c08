"""What every new log is given: the calendar years known and a warning policy."""

from datetime import datetime

from infra.calendars.reading import national_years
from infra.context import Request
from infra.county.settling import administered, give_all, policy_command
from infra.services import Services
from infra.subjects import streams

POLICY_SOURCE = "warning-policy"


def open_log(services: Services) -> None:
    """Publish calendar years and policy that the log does not have yet.

    A year already published is left alone: a later revision in the log stands.
    """
    now = services.clock()
    calendar = services.log.stream(streams.calendar_stream("national"))
    known = {recorded.event.year for recorded in calendar}
    years = tuple(year for year in national_years(now) if year.year not in known)
    give_all(services, years, f"calendar-{len(known)}")
    if not services.log.stream(streams.WARNING_POLICY):
        give_all(services, (policy_command(now),), POLICY_SOURCE)


def opening_requests(now: datetime) -> list[Request]:
    """What ``open_log`` asks of a log that has nothing yet, under the same keys."""
    return [
        *administered(national_years(now), "calendar-0"),
        *administered((policy_command(now),), POLICY_SOURCE),
    ]
