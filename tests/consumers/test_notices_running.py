"""Notices as a process runs them: woken by the clock, ended at once."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from consumers import notices
from consumers.feed import Feed, LogFeed
from consumers.notices import RatingNotices
from domain.authority import Role
from domain.case import commands as c
from infra.envelope import Recorded
from tests import examples as x
from tests.consumers.post_office import PostOffice, on
from tests.rules import rule
from tests.world import World, accept_case, finish_case, open_case

PATIENCE = 20


@rule("R-401")
def test_a_leap_of_the_clock_is_noticed_without_a_word(settled: World) -> None:
    open_case(settled)
    accept_case(settled)
    post, stop = PostOffice(settled), threading.Event()
    post.runner.catch_up()
    thread = threading.Thread(target=notices.run, args=(settled.services, stop))
    thread.start()
    post.set_clock(on("2026-10-15"))
    end = time.monotonic() + PATIENCE
    while not post.notices() and time.monotonic() < end:
        time.sleep(0.05)
    began = time.monotonic()
    stop.set()
    thread.join(PATIENCE)
    assert time.monotonic() - began < 1
    assert post.told() == [("yellow", x.TOWNSHIP)]


@dataclass
class Topic(Feed):
    """Events that came some other way: as a topic of a broker would have them."""

    events: Sequence[Recorded]

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        return [each for each in self.events if each.position > after][:limit]

    def wait(self, seconds: float) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """There is nothing to give back."""


@rule("R-309")
def test_the_feed_may_be_another_and_deliver_twice(settled: World) -> None:
    open_case(settled)
    accept_case(settled)
    finish_case(settled)
    bad = c.RateCase(
        case_id=x.CASE,
        level=c.RatingLevel.DISSATISFIED,
        channel=c.RatingChannel.SMS,
        now=settled.now(),
    )
    settled.do(bad, Role.EVALUATOR)
    log = settled.services.log
    events = LogFeed(log, settled.services.database.conninfo).read(0, 10_000)
    for _ in range(2):
        RatingNotices(settled.services, Topic([*events, *events])).step()
    assert PostOffice(settled).told() == [("negative_rating", x.TOWNSHIP)]
