"""Milestones: live steps and source steps that mean the same count the same."""

from dataclasses import replace

import pytest

from domain.case import events as e
from domain.case.milestones import OF_LIVE, OF_SOURCE, Milestone, milestone
from domain.case.source_steps import SourceStep
from domain.case.state import Case, Stage, fold
from tests import examples as x
from tests.rules import rule

STEP = e.SourceStepRecorded(
    activity="T", transition=None, step=None, kind=None, officer=None, group=None
)


@pytest.mark.parametrize("step", list(SourceStep))
def test_a_source_step_counts_as_the_mapping_says(step: SourceStep) -> None:
    assert milestone(replace(STEP, step=step.value)) is OF_SOURCE.get(step)


@rule("A-14")
def test_a_neutral_step_is_no_milestone() -> None:
    assert milestone(STEP) is None


@pytest.mark.parametrize("event", [x.opened, x.accepted, x.granted, x.delivered])
def test_a_live_step_counts_as_what_it_is(event: e.CaseEvent) -> None:
    assert milestone(event) is OF_LIVE[type(event)]


def test_what_is_no_milestone_counts_as_none() -> None:
    assert milestone(x.first_contact) is None
    assert milestone(x.accepted) is Milestone.ACCEPTED


@rule("R-236")
def test_a_transferred_case_is_received_at_its_new_post() -> None:
    moved = e.CaseTransferred(
        from_office=x.VILLAGE,
        to_office=x.TOWNSHIP,
        to_post=x.WINDOW,
        to_officer=x.ANNA,
        reason="代收转交",
    )
    case = fold((replace(x.opened, office_code=x.VILLAGE, is_collected=True), moved))
    assert (case.office_code, case.post, case.responsible, case.is_collected) == (
        x.TOWNSHIP,
        x.WINDOW,
        x.ANNA,
        False,
    )


def test_a_case_begins_with_what_it_was_opened_for() -> None:
    assert fold((x.opened,)) == Case(
        case_id=x.CASE,
        case_no=x.CASE_NO,
        item_code=x.ITEM,
        item_version=1,
        item_name="最低生活保障",
        applicant=x.APPLICANT,
        office_code=x.TOWNSHIP,
    )
    assert fold((x.source_case,)) == Case(
        case_id=x.CASE,
        case_no="case-1",
        office_code=x.COUNTY,
        deadline_at=x.NOON,
        is_imported=True,
    )


def test_a_step_without_an_officer_leaves_the_responsible_one() -> None:
    known = replace(STEP, officer=x.ANNA, step="decided")
    case = fold((x.source_case, known, STEP))
    assert (case.responsible, case.stage) == (x.ANNA, Stage.DECIDED)
