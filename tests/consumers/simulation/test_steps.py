"""What the steps of a plan are: the same for a seed, in order, and lawful."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.simulation.plan import Plan
from consumers.simulation.steps import Step, life, steps
from consumers.simulation.working_time import shipped_calendar
from domain.calendar.due import SHANGHAI
from domain.calendar.workdays import is_workday
from domain.case.commands import OpenCase
from domain.party.commands import RegisterParty
from infra.event_codec import ENCODER
from tests.consumers.simulation.memory import Door
from tests.rules import rule

PLAN = Plan(seed=1, cases=60)


def as_bytes(step: Step) -> bytes:
    command = step.request.command
    said = [type(command).__name__, command, step.request.context, step.at]
    return ENCODER.encode([*said, step.expects])


def test_the_same_seed_gives_the_very_same_steps() -> None:
    first, again = ([as_bytes(s) for s in steps(PLAN)] for _ in range(2))
    assert first == again
    assert len(first) > 60


def test_another_seed_gives_other_cases_in_the_same_county() -> None:
    other = Plan(seed=2, cases=60)
    ours, theirs = ([as_bytes(s) for s in life(plan)] for plan in (PLAN, other))
    assert not set(ours) & set(theirs)


def test_steps_come_in_order_of_time_each_under_a_key_of_its_own() -> None:
    all_steps = list(steps(PLAN))
    assert all(a.at <= b.at for a, b in pairwise(all_steps))
    contexts = [step.request.context for step in all_steps]
    assert len({(c.actor, c.key) for c in contexts}) == len(contexts)
    assert len({c.command_id for c in contexts}) == len(contexts)


@rule("R-601", "R-614")
def test_work_is_done_in_office_hours_of_working_days() -> None:
    hours, calendar = Counter[int](), shipped_calendar()
    for step in life(Plan(seed=1, cases=500)):
        local = step.at.astimezone(SHANGHAI)
        assert is_workday(calendar, local.date())
        minutes = local.hour * 60 + local.minute
        assert 510 <= minutes < 720 or 840 <= minutes < 1080
        hours[local.hour] += isinstance(step.request.command, OpenCase)
    assert hours[9] > 3 * hours[17]


def test_the_door_answers_every_step_as_the_script_says() -> None:
    door = Door()
    answers = [(door.answer(step.request), step.expects) for step in steps(PLAN)]
    assert all(answer == expected for answer, expected in answers)


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(min_value=0, max_value=2**32),
    townships=st.integers(min_value=1, max_value=3),
    villages=st.integers(min_value=1, max_value=9),
)
def test_no_seed_runs_into_a_refusal_it_does_not_mean(
    seed: int, townships: int, villages: int
) -> None:
    plan = Plan(seed=seed, townships=townships, villages=villages, cases=25)
    door = Door()
    for step in steps(plan):
        assert door.answer(step.request) == step.expects


def test_the_slips_of_a_larger_plan_are_refused_each_in_its_way() -> None:
    expected = Counter(s.expects for s in life(Plan(seed=1, cases=1500)) if s.expects)
    assert set(expected) == {
        "materials-are-missing",
        "case-is-not-accepted",
        "village-point-cannot-accept",
        "material-is-not-on-list",
        "officer-is-not-on-post",
    }
    assert sum(expected.values()) < 1500 * 0.05


@rule("R-807")
def test_the_digest_of_a_number_is_the_one_given() -> None:
    made = next(
        s.request.command
        for s in life(PLAN, digest=lambda text: f"of {text}")
        if isinstance(s.request.command, RegisterParty)
    )
    assert made.digest == f"of id|{made.number.reveal()}"
