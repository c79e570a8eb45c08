"""What every new log is given: the calendar years known and a warning policy."""

from infra.calendars.reading import national_years
from infra.county.settling import give_all, policy_command
from infra.services import Services
from infra.subjects import streams


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
        give_all(services, (policy_command(now),), "warning-policy")
