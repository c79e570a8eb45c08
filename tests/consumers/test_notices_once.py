"""Each notice once: two sentinels, a death in the middle, a view built anew."""

from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest

from consumers.feed import Positions
from consumers.giving import give, sentinel_request
from consumers.notices import NAME
from consumers.sentinel import Sentinel
from domain.authority import Role
from domain.case import commands as c
from domain.notice.commands import SendDeadlineNotices
from infra.database import Role as DatabaseRole
from projections import watchlist
from tests import examples as x
from tests.consumers.post_office import PostOffice, on
from tests.consumers.sentinels import look_at_once
from tests.infra.other_process import together
from tests.rules import rule
from tests.world import World, accept_case, finish_case, open_case

CASES = [UUID(int=1000 + number) for number in range(5)]
TOLD = [("red", x.TOWNSHIP), ("red", x.COUNTY)]


@pytest.fixture
def post(settled: World) -> PostOffice:
    """Five cases of the township, all overdue, nobody told yet."""
    for case_id in CASES:
        open_case(settled, case_id)
        accept_case(settled, case_id)
    office = PostOffice(settled)
    office.set_clock(on("2026-10-22", 9))
    office.runner.catch_up()
    return office


def assert_each_once(post: PostOffice) -> None:
    sent = Counter((n.case_id, n.kind, n.recipient) for n in post.notices())
    assert set(sent.values()) == {1}
    assert len(sent) == len(CASES) * len(TOLD)


@rule("R-401")
def test_whatever_key_is_used_a_notice_is_sent_once(post: PostOffice) -> None:
    now = post.world.now()
    for attempt in range(3):
        for case_id in CASES:
            command = SendDeadlineNotices(case_id=case_id, now=now)
            give(post.services, [sentinel_request(command, f"{attempt}-{case_id}")])
    assert_each_once(post)


@rule("R-401")
def test_two_sentinels_at_once_send_once(
    post: PostOffice, database_url: str, home: Path
) -> None:
    """Each in a process, of the same cases at the same moment and under other keys."""
    arguments = [(database_url, home, name, CASES) for name in ("one", "two", "three")]
    assert sum(together(look_at_once, arguments)) == len(CASES) * len(TOLD)
    assert_each_once(post)


class Died(Exception):
    """Stands for the loss of the process."""


@rule("R-401")
def test_a_sentinel_that_dies_after_sending_sends_nothing_twice(
    post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise Died

    monkeypatch.setattr(watchlist, "move_on", die)
    with pytest.raises(Died):
        Sentinel(post.services).step()
    monkeypatch.undo()
    assert_each_once(post)
    post.work()
    assert_each_once(post)


@rule("R-401")
def test_a_watchlist_built_anew_sends_nothing_twice(post: PostOffice) -> None:
    post.work()
    post.runner.rebuild(watchlist.NAME)
    post.work()
    assert_each_once(post)


@rule("R-309")
def test_a_consumer_that_lost_its_position_tells_nobody_twice(settled: World) -> None:
    open_case(settled)
    accept_case(settled)
    finish_case(settled)
    rating = c.RateCase(
        case_id=x.CASE,
        level=c.RatingLevel.VERY_DISSATISFIED,
        channel=c.RatingChannel.PHONE,
        now=settled.now(),
    )
    settled.do(rating, Role.EVALUATOR)
    post = PostOffice(settled)
    post.work()
    with settled.services.database.transaction(DatabaseRole.WRITER) as cursor:
        cursor.execute("UPDATE consumers.positions SET position = 0")
    post.work()
    assert post.told() == [("negative_rating", x.TOWNSHIP)]


def test_a_position_never_goes_back(settled: World) -> None:
    positions = Positions(settled.services.database)
    for position in (7, 3):
        positions.save(NAME, position)
    assert positions.reached(NAME) == 7
    assert positions.reached("somebody else") == 0


def test_a_view_far_behind_is_not_believed(
    post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consumers.sentinel.FAR_BEHIND", -1)
    assert Sentinel(post.services).step() is False
    assert post.notices() == []
