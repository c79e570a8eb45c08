"""Findings on imported cases: broken rules told, never corrected."""

from dataclasses import replace
from datetime import timedelta

from domain.case import events as e
from domain.case.findings import RULES, FindingCode, Recordable, findings
from domain.case.source_steps import SourceStep
from tests import examples as x
from tests.rules import rule

ALL = Recordable(steps=frozenset(SourceStep), officers=True)
HOUR = timedelta(hours=1)


def step(name: str | None, hours: int = 1) -> tuple[e.SourceStepRecorded, object]:
    event = e.SourceStepRecorded(
        activity="T",
        transition=None,
        step=name,
        kind=None,
        officer=x.ANNA,
        group=None,
    )
    return event, x.MORNING + hours * HOUR


def told(*history: object, recordable: Recordable = ALL) -> set[FindingCode]:
    opening = x.source_case, x.MORNING
    return set(findings((opening, *history), recordable))  # type: ignore[arg-type]


def ended(hours: int) -> tuple[e.SourceCaseEnded, object]:
    at = x.MORNING + hours * HOUR
    return e.SourceCaseEnded(ended_at=at), at


def test_a_regular_case_has_no_finding() -> None:
    assert told(step("accepted"), step("decided"), step("delivered"), ended(2)) == set()


@rule("A-11", "A-14", "A-03")
def test_times_out_of_order_are_told() -> None:
    assert told(step(None), ended(-1)) == {
        FindingCode.ENDED_BEFORE_OPENED,
        FindingCode.ENDED_BEFORE_FIRST_STEP,
        FindingCode.STEP_AFTER_END,
    }
    assert told(step(None, -1)) == {FindingCode.STEP_BEFORE_OPENING}
    assert told(step(None, 1), step(None, 5), ended(2)) == {FindingCode.STEP_AFTER_END}
    assert told(step(None), ended(9)) == {FindingCode.ENDED_AFTER_DEADLINE}


@rule("A-03")
def test_ending_at_the_deadline_is_in_time() -> None:
    assert told(step(None), ended(3)) == set()


@rule("R-130", "R-134", "A-05")
def test_steps_out_of_order_are_told() -> None:
    assert told(step("decided")) == {FindingCode.DECIDED_BEFORE_ACCEPTED}
    assert told(step("delivered")) == {FindingCode.DELIVERED_BEFORE_DECIDED}
    twice = step("notified_once"), step("notified_once")
    assert told(*twice) == {FindingCode.NOTIFIED_TWICE}


def test_what_a_log_cannot_tell_is_not_missing() -> None:
    silent = Recordable(steps=frozenset({SourceStep.DELIVERED}), officers=False)
    event, at = step("delivered")
    nobody = replace(event, officer=None)
    assert told((nobody, at), recordable=silent) == set()
    assert told((nobody, at)) == {
        FindingCode.DELIVERED_BEFORE_DECIDED,
        FindingCode.OFFICER_NOT_RECORDED,
    }


def test_every_finding_names_its_rule() -> None:
    assert set(RULES) == set(FindingCode)


def test_the_bounds_themselves_are_regular() -> None:
    """A step at the opening, an end at the opening, at the first and last step."""
    assert told(step(None, 0), ended(0)) == set()
    assert told(step(None, 1), step(None, 2), ended(2)) == set()


@rule("R-130")
def test_a_decision_after_acceptance_is_regular() -> None:
    assert told(step("accepted"), step("decided"), step("decided")) == set()
