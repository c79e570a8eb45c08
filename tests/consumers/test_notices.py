"""Notices: the right offices are told at the right instant, once."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.authority import Role
from domain.calendar.commands import ReviseCalendarYear
from domain.case import commands as c
from domain.post.commands import EstablishPost
from domain.supervision.commands import PublishWarningPolicy
from infra.calendars.reading import national_years
from tests import examples as x
from tests.consumers.post_office import PostOffice, on
from tests.rules import rule
from tests.world import World, accept_case, finish_case, open_case, register_applicant

YELLOW, RED = ("yellow", x.TOWNSHIP), ("red", x.TOWNSHIP)
RED_TO_COUNTY = ("red", x.COUNTY)
COUNTY_DESK = UUID(int=304)


@pytest.fixture
def post(settled: World) -> PostOffice:
    """One accepted case of the township: due 2026-10-21, statute 2026-11-04."""
    open_case(settled)
    accept_case(settled)
    return PostOffice(settled)


def village_case(world: World, case_id: UUID) -> None:
    command = replace(
        x.open_case,
        case_id=case_id,
        applicant=register_applicant(world),
        post=x.AGENCY_DESK,
        by=x.CHEN,
        now=world.now(),
    )
    world.do(command)


def transfer_to(desk: UUID, by: UUID, world: World) -> c.TransferCase:
    return c.TransferCase(
        case_id=x.CASE, by=by, to_post=desk, reason="转办", now=world.now()
    )


def rate(post: PostOffice, level: c.RatingLevel) -> None:
    finish_case(post.world)
    now = post.world.now()
    command = c.RateCase(
        case_id=x.CASE, level=level, channel=c.RatingChannel.HALL_TABLET, now=now
    )
    post.world.do(command, Role.EVALUATOR)
    post.work()


@rule("R-401", "R-403", "V-40")
def test_v40_yellow_to_who_handles_then_red_to_the_county_too(post: PostOffice) -> None:
    post.at(on("2026-10-14", 23, 59))
    assert post.told() == []
    post.at(on("2026-10-15"))
    assert post.told() == [YELLOW]
    post.at(on("2026-10-21", 23, 59))
    assert post.told() == [YELLOW]
    post.at(on("2026-10-22"))
    assert post.told() == [YELLOW, RED, RED_TO_COUNTY]


@rule("R-403")
def test_past_the_statute_is_told_again_as_another_kind(post: PostOffice) -> None:
    for day in ("2026-10-15", "2026-10-22", "2026-11-05", "2026-11-06"):
        post.at(on(day))
    illegal = [("illegal", x.TOWNSHIP), ("illegal", x.COUNTY)]
    assert post.told() == [YELLOW, RED, RED_TO_COUNTY, *illegal]


@rule("R-403")
def test_a_clock_that_leaps_over_yellow_tells_red_alone(post: PostOffice) -> None:
    post.at(on("2026-10-23", 9))
    assert post.told() == [RED, RED_TO_COUNTY]


@rule("R-403", "V-41")
def test_v41_one_day_is_told_as_yellow_from_the_day_before(settled: World) -> None:
    one = replace(
        x.publish_item,
        version=2,
        promised_limit=replace(x.publish_item.promised_limit, amount=1),
        now=settled.now(),
    )
    settled.do(one, Role.ADMINISTRATOR)
    open_case(settled)
    accept_case(settled)
    post = PostOffice(settled)
    post.at(on("2026-09-17", 9))
    assert post.told() == [YELLOW]
    post.at(on("2026-09-19"))
    assert post.told() == [YELLOW, RED, RED_TO_COUNTY]


@rule("R-401", "R-117")
def test_the_village_that_took_the_case_in_is_told_of_its_limit(settled: World) -> None:
    post = PostOffice(settled)
    village_case(settled, x.CASE)
    settled.do(transfer_to(x.WINDOW, x.CHEN, settled))
    accept_case(settled)
    post.at(on("2026-10-15"))
    assert post.told() == [YELLOW, ("yellow", x.VILLAGE)]
    post.at(on("2026-10-22"))
    assert post.told()[2:] == [RED, RED_TO_COUNTY, ("red", x.VILLAGE)]


@rule("R-401")
def test_whoever_takes_over_a_yellow_case_is_told_too(post: PostOffice) -> None:
    post.at(on("2026-10-15"))
    desk = EstablishPost(
        post_id=COUNTY_DESK,
        office_code=x.COUNTY,
        name="综合窗口",
        primary=x.ANNA,
        backup=x.BO,
        now=post.world.now(),
    )
    post.world.do(desk, Role.ADMINISTRATOR)
    post.world.do(transfer_to(COUNTY_DESK, x.ANNA, post.world))
    post.work()
    assert post.told() == [YELLOW, ("yellow", x.COUNTY)]


@rule("R-301", "R-309")
def test_a_negative_rating_is_told_to_who_handled_it(post: PostOffice) -> None:
    rate(post, c.RatingLevel.DISSATISFIED)
    assert post.told() == [("negative_rating", x.TOWNSHIP)]
    post.work()
    assert len(post.notices()) == 1


@rule("R-301")
def test_a_rating_that_is_not_negative_is_told_to_nobody(post: PostOffice) -> None:
    rate(post, c.RatingLevel.BASICALLY_SATISFIED)
    assert post.told() == []


@rule("R-403")
def test_a_case_finished_before_anybody_looked_is_told_to_nobody(
    post: PostOffice,
) -> None:
    post.set_clock(on("2026-10-23"))
    finish_case(post.world)
    post.work()
    assert post.told() == []


@rule("R-607")
def test_a_calendar_revision_moves_the_instants(post: PostOffice) -> None:
    post.at(on("2026-10-15"))
    revise(post, off=("2026-10-16",))
    post.at(on("2026-10-22"))
    assert post.told() == [YELLOW, YELLOW]
    assert [str(each.due_on) for each in post.notices()] == ["2026-10-21", "2026-10-22"]
    post.at(on("2026-10-23"))
    assert post.told() == [YELLOW, YELLOW, RED, RED_TO_COUNTY]


@rule("R-403")
def test_another_policy_moves_yellow(post: PostOffice) -> None:
    post.at(on("2026-10-14"))
    earlier = PublishWarningPolicy(
        yellow_percent=50, yellow_min_workdays=1, basis="R-403", now=post.world.now()
    )
    post.world.do(earlier, Role.ADMINISTRATOR)
    post.work()
    assert post.told() == [YELLOW]


@rule("R-408", "R-612")
def test_no_red_rests_on_a_provisional_date(settled: World) -> None:
    post = PostOffice(settled)
    post.set_clock(on("2027-12-01", 9))
    open_case(settled)
    accept_case(settled)
    post.at(on("2028-02-01"))
    assert {kind for kind, _ in post.told()} <= {"yellow"}


def revise(post: PostOffice, off: tuple[str, ...]) -> None:
    now = post.world.now()
    (year,) = (each for each in national_years(now) if each.year == 2026)
    days = tuple(sorted({*year.off, *(on(day).date() for day in off)}))
    command = ReviseCalendarYear(
        layer=year.layer,
        year=2026,
        notice=year.notice,
        source=year.source,
        off=days,
        makeup=year.makeup,
        entered_by="a",
        checked_by="b",
        reason="示例",
        now=now,
    )
    post.world.do(command, Role.ADMINISTRATOR)
