"""A small county whose clock a test sets, and what the sentinel then has sent."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from consumers import notices
from consumers.feed import LogFeed
from domain.calendar.due import SHANGHAI
from domain.notice.events import NoticeSent
from infra.clock import set_simulated_clock
from infra.services import Services
from projections.all_views import ALL
from projections.runner import Runner
from tests.world import World


def on(day: str, hour: int = 0, minute: int = 0) -> datetime:
    """An instant of the day in Shanghai."""
    return datetime.combine(date.fromisoformat(day), time(hour, minute), SHANGHAI)


@dataclass
class PostOffice:
    """``at`` lets the clock leap there and everything due be sent."""

    world: World
    runner: Runner = field(init=False)

    def __post_init__(self) -> None:
        self.runner = Runner(self.services.log, self.services.database, ALL)

    @property
    def services(self) -> Services:
        return self.world.services

    def set_clock(self, instant: datetime) -> None:
        set_simulated_clock(self.services.database, instant, 0.0)

    def at(self, instant: datetime) -> None:
        self.set_clock(instant)
        self.work()

    def work(self) -> None:
        """Views, consumers, views again: as a process would in half a second."""
        self.runner.catch_up()
        feed = LogFeed(self.services.log, self.services.database.conninfo)
        notices.catch_up(self.services, feed)
        feed.close()
        self.runner.catch_up()

    def notices(self) -> list[NoticeSent]:
        """Every notice in the log, oldest first."""
        return [
            recorded.event
            for recorded in self.services.log.after(0, 100_000)
            if isinstance(recorded.event, NoticeSent)
        ]

    def told(self, case_id: UUID | None = None) -> list[tuple[str, str]]:
        """Kind and recipient of each."""
        return [
            (each.kind, each.recipient)
            for each in self.notices()
            if case_id in (None, each.case_id)
        ]
