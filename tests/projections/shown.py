"""Facts told to a log, and what the views then show of them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from domain.calendar.due import SHANGHAI
from domain.calendar.events import CalendarYearPublished
from domain.case import events as e
from domain.supervision.events import WarningPolicyPublished
from infra.calendars.reading import national_years
from infra.database import Role
from infra.services import Services
from projections.runner import Runner
from tests import examples as x
from tests.projections.reading import table
from tests.projections.scribe import Fact, Scribe

CALENDAR, POLICY = UUID(int=11), UUID(int=12)
# Its last day, the 31st of December, waits for the notice of the next year.
DECEMBER = replace(
    x.accepted, accepted_on=date(2026, 11, 23), promised_limit=28, statutory_limit=None
)
TRANSFERRED = e.CaseTransferred(
    from_office=x.TOWNSHIP,
    to_office=x.OTHER_TOWNSHIP,
    to_post=x.OTHER_WINDOW,
    to_officer=x.CHEN,
    reason="R",
)
Answer = TypeVar("Answer")


def instant(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    """An hour of the day in Shanghai."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


@dataclass
class Shown:
    """Tells facts past the door, shows them, and asks the views."""

    services: Services
    runner: Runner
    scribe: Scribe = field(init=False)

    def __post_init__(self) -> None:
        self.scribe = Scribe(self.services)

    def tell(self, at: datetime, *events: object, case: UUID = x.CASE) -> None:
        """Events of one case, all at ``at``; an opening gets the id of the case."""
        self.scribe.write(
            Fact(stream=case, event=_of(case, event), at=at) for event in events
        )

    def publish(self, *years: int) -> None:
        """National calendar years, as their notices have them."""
        self.scribe.tell(CALENDAR, *(year_published(year) for year in years))

    def warn_by(self, percent: int, workdays: int) -> None:
        policy = WarningPolicyPublished(
            version=1, yellow_percent=percent, yellow_min_workdays=workdays, basis="R"
        )
        self.scribe.tell(POLICY, policy)

    def ask(self, query: Callable[..., Answer], *args: Any, **named: Any) -> Answer:
        """What ``query`` answers once the views have caught up."""
        self.runner.catch_up()
        with self.services.database.transaction(Role.READER) as cursor:
            return query(cursor, *args, **named)

    def rows(self, name: str) -> list[dict[str, Any]]:
        self.runner.catch_up()
        return table(self.services, name)

    def row(self, name: str, case: UUID = x.CASE) -> dict[str, Any]:
        (row,) = (row for row in self.rows(name) if row["case_id"] == case)
        return row


def year_published(year: int) -> CalendarYearPublished:
    (command,) = (c for c in national_years(x.MORNING) if c.year == year)
    return CalendarYearPublished(
        layer="national",
        year=year,
        notice=command.notice,
        source=command.source,
        off=tuple(sorted(command.off)),
        makeup=tuple(sorted(command.makeup)),
        entered_by="a",
        checked_by="b",
    )


def step(activity: str, officer: UUID | None = None, **told: Any) -> object:
    """One row of a foreign log."""
    nothing = dict.fromkeys(("transition", "step", "kind", "group"))
    return e.SourceStepRecorded(activity=activity, officer=officer, **nothing | told)


def _of(case: UUID, event: object) -> object:
    if isinstance(event, e.CaseOpened | e.SourceCaseRecorded):
        return replace(event, case_id=case)
    return event
