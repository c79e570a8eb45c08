"""How the county's cases go, by number: asserted loosely, for one seed."""

from collections import Counter
from functools import cache
from uuid import UUID

from consumers.simulation.plan import Plan
from consumers.simulation.steps import steps
from domain.case import events as e
from domain.case.commands import NEGATIVE
from tests.consumers.simulation.memory import Door
from tests.rules import rule

CASES = 1000


@cache
def histories() -> dict[UUID, list[object]]:
    """The events of each case of a plan, as the rules make them of its steps."""
    door, cases = Door(), dict[UUID, list[object]]()
    for step in steps(Plan(seed=1, cases=CASES)):
        before = len(door.events)
        assert door.answer(step.request) == step.expects
        case_id = getattr(step.request.command, "case_id", None)
        if case_id is not None:
            cases.setdefault(case_id, []).extend(door.events[before:])
    return cases


def is_late(events: list[object]) -> bool:
    accepted = next(x for x in events if isinstance(x, e.CaseAccepted))
    decided = next(x for x in events if isinstance(x, e.CaseDecided))
    due = accepted.promised_due_told
    return due is not None and decided.decided_on > due


def having(kind: type) -> list[list[object]]:
    return [h for h in histories().values() if any(isinstance(x, kind) for x in h)]


def test_every_case_of_the_plan_is_opened() -> None:
    assert len(histories()) == len(having(e.CaseOpened)) == CASES


@rule("R-103")
def test_most_are_decided_in_time_and_some_late() -> None:
    decided = having(e.CaseDecided)
    late = sum(is_late(history) for history in decided)
    assert 0.05 < late / len(decided) < 0.09
    ended = having(e.CaseDecided) + having(e.CaseWithdrawn)
    unfinished = [h for h in having(e.CaseAccepted) if h not in ended]
    assert 0 < len(unfinished) < CASES * 0.03


@rule("R-301")
def test_fewer_than_half_rate_and_few_of_them_badly() -> None:
    rated = [x for h in histories().values() for x in h if isinstance(x, e.CaseRated)]
    assert 0.38 < len(rated) / len(having(e.CaseDecided)) < 0.5
    negative = sum(x.level in NEGATIVE for x in rated)
    assert 0.015 < negative / len(rated) < 0.06


@rule("R-110")
def test_what_lacks_is_told_once_and_most_come_a_second_time() -> None:
    told = having(e.OneTimeNoticeGiven)
    assert 0.2 < len(told) / CASES < 0.32
    again = [h for h in told if any(isinstance(x, e.CaseAccepted) for x in h)]
    assert 0.8 < len(again) / len(told) < 1


@rule("R-117")
def test_what_a_village_collects_is_passed_on_before_it_is_accepted() -> None:
    collected = [
        h for h in having(e.CaseOpened) if any(getattr(x, "is_collected", 0) for x in h)
    ]
    assert 0.06 < len(collected) / CASES < 0.2
    for history in collected:
        kinds = [type(x) for x in history]
        if e.CaseAccepted in kinds:
            assert kinds.index(e.CaseTransferred) < kinds.index(e.CaseAccepted)


@rule("R-226", "R-227")
def test_b_takes_over_when_a_is_away() -> None:
    handed = having(e.CaseHandedOver)
    assert 0.01 < len(handed) / CASES < 0.12


def test_people_come_by_every_channel_for_every_item() -> None:
    opened = [x for h in histories().values() for x in h if isinstance(x, e.CaseOpened)]
    assert len({x.item_code for x in opened}) >= 12
    channels = Counter(x.channel for x in opened)
    assert set(channels) == {"window", "online", "mobile", "agency"}
    assert channels["window"] > CASES / 2
