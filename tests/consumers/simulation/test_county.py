"""The county that a plan settles: the sample's, and as much more as it asks for."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from consumers.simulation.absences import posts_of
from consumers.simulation.applicants import id_number, uscc
from consumers.simulation.county import county_of
from consumers.simulation.plan import Plan, PlanIsImpossible
from consumers.simulation.steps import life, opens_at, settling
from domain.office.codes import DivisionCode, Tier
from domain.office.commands import RegisterOffice
from domain.party.numbers import is_id_number, is_uscc
from domain.post.commands import EstablishPost
from domain.staff.commands import RegisterOfficer
from infra.county.settling import county_commands, demo_accounts, read_sample
from tests.rules import rule

NOW = datetime(2026, 8, 24, tzinfo=UTC)


def commands(plan: Plan) -> list[object]:
    return [step.request.command for step in settling(plan)]


@pytest.mark.parametrize(("townships", "villages"), [(6, 40), (1, 1), (12, 120)])
def test_it_has_the_offices_asked_for(townships: int, villages: int) -> None:
    plan = Plan(seed=1, townships=townships, villages=villages)
    offices = [c for c in commands(plan) if isinstance(c, RegisterOffice)]
    tiers = [DivisionCode(office.code).tier for office in offices]
    assert tiers.count(Tier.COUNTY) == 1
    assert tiers.count(Tier.TOWNSHIP) == townships
    assert tiers.count(Tier.VILLAGE) == villages
    assert len({office.name for office in offices}) == len(offices)


def test_the_whole_sample_is_in_it_unchanged() -> None:
    settled = [str(c) for c in county_commands(county_of(Plan(seed=1)).described, NOW)]
    for command in county_commands(read_sample(), NOW):
        assert str(command) in settled


def test_the_officers_of_the_demonstration_hold_posts_in_it() -> None:
    smallest = commands(Plan(seed=1, townships=1, villages=1))
    officers = {c.officer_id for c in smallest if isinstance(c, RegisterOfficer)}
    assert {a.officer for a in demo_accounts() if a.officer} <= officers


@rule("R-229")
def test_every_office_has_a_post_with_two_holders_whom_nobody_else_is() -> None:
    plan = Plan(seed=1)
    posts = [c for c in commands(plan) if isinstance(c, EstablishPost)]
    holders: list[UUID] = [h for p in posts for h in (p.primary, p.backup)]
    assert len(set(holders)) == len(holders)
    assert len({post.office_code for post in posts}) == 1 + 6 + 40
    assert {p.id for p in posts_of(county_of(plan))} == {p.post_id for p in posts}


def test_the_county_is_the_same_for_every_seed() -> None:
    assert commands(Plan(seed=1)) == commands(Plan(seed=2))


@rule("R-810")
def test_invented_numbers_are_well_formed_and_each_its_own() -> None:
    places = range(0, 24_975_000, 99_991)
    assert all(is_id_number(id_number(place), date(2026, 8, 24)) for place in places)
    assert all(is_uscc(uscc(place)) for place in places)
    assert len({id_number(p) for p in range(2000)}) == 2000


@pytest.mark.parametrize(
    "change",
    [
        {"cases": 0},
        {"townships": 99},
        {"villages": 9999},
        {"starts_on": date(2031, 1, 1)},
        {"starts_on": date(2026, 8, 22), "days": 1},
    ],
)
def test_what_no_county_can_be_made_of_is_said(change: dict[str, object]) -> None:
    with pytest.raises(PlanIsImpossible):
        make(change)


def make(change: dict[str, object]) -> None:
    plan = Plan(seed=1, **change)  # type: ignore[arg-type]
    assert opens_at(plan)
    assert list(settling(plan))
    assert list(life(plan))
