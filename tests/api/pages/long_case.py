"""A live case with a long way: days pass, hands change, it runs late, it is rated."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.authority import Role
from domain.case import commands as c
from infra.clock import set_simulated_clock
from tests import examples as x
from tests.world import World, accept_case, open_case


def by_anna(world: World, command: object) -> None:
    """From a terminal of the window, as her account would."""
    world.do(command, actor="anna", terminal="窗口 3 号机", office=x.TOWNSHIP)


def on(world: World, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Set the log's clock to that time of 2026 in Shanghai and give it."""
    instant = datetime(2026, month, day, (hour - 8) % 24, minute, tzinfo=UTC)
    set_simulated_clock(world.services.database, instant, 0)
    return world.now()


def live_long_case(world: World, *, until_rated: bool = True) -> None:
    """Nine steps and more over five weeks; without its end it is in the yellow."""
    on(world, 9, 17, 9)
    open_case(world)
    now = on(world, 9, 17, 9, 12)
    notice = c.GiveOneTimeNotice(case_id=x.CASE, by=x.ANNA, materials=None, now=now)
    by_anna(world, notice)
    on(world, 9, 21, 10, 30)
    accept_case(world)
    now = on(world, 9, 23, 20, 5)
    by_anna(
        world,
        c.HandOverCase(case_id=x.CASE, by=x.ANNA, to=x.BO, reason="公出学习", now=now),
    )
    now = on(world, 10, 21, 16, 40)
    if until_rated:
        _end(world)


def _end(world: World) -> None:
    now = on(world, 10, 28, 11)
    by_anna(world, replace(x.grant, by=x.BO, now=now))
    now = on(world, 10, 29, 9, 30)
    mode = c.DeliveryMode.COUNTER
    by_anna(world, c.DeliverResult(case_id=x.CASE, by=x.BO, mode=mode, now=now))
    now = on(world, 10, 30, 15)
    rating = c.RateCase(
        case_id=x.CASE,
        level=c.RatingLevel.SATISFIED,
        channel=c.RatingChannel.MOBILE,
        now=now,
    )
    world.do(rating, Role.EVALUATOR)
