"""Handing over between A and B, and transfer along one line of offices."""

from dataclasses import replace

from domain.case import commands as c
from domain.case import events as e
from domain.case.refusals import (
    CaseIsDecided,
    CaseNotFound,
    OfficerIsNotOnPost,
    OfficerIsNotResponsible,
    ReasonIsMissing,
    TransferLeavesTheLine,
    VillagePointCannotAccept,
)
from domain.post.decisions import PostNotFound
from domain.post.state import Post
from tests import examples as x
from tests.rules import rule
from tests.scenario import given

to_bo = c.HandOverCase(case_id=x.CASE, by=x.ANNA, to=x.BO, reason="出差", now=x.NOON)
handed_to_bo = e.CaseHandedOver(from_officer=x.ANNA, to_officer=x.BO, reason="出差")
to_township = c.TransferCase(
    case_id=x.CASE, by=x.CHEN, to_post=x.WINDOW, reason="代收转交", now=x.NOON
)
collected = (
    replace(x.opened, office_code=x.VILLAGE, is_collected=True),
    e.FirstContactAssigned(officer=x.CHEN, post=x.AGENCY_DESK),
)
in_village = given(*collected).with_facts(post=x.agency_desk, to_post=x.window)


@rule("R-226", "R-227")
def test_a_hands_over_to_b_and_b_back() -> None:
    given(*x.running).when(to_bo).then(handed_to_bo)
    back = replace(to_bo, by=x.BO, to=x.ANNA, reason="返岗")
    given(*x.running, handed_to_bo).when(back).then(
        e.CaseHandedOver(from_officer=x.BO, to_officer=x.ANNA, reason="返岗")
    )


@rule("R-227")
def test_b_takes_over_of_his_own_accord() -> None:
    given(*x.running).when(replace(to_bo, by=x.BO)).then(handed_to_bo)


def test_handing_over_to_who_has_it_changes_nothing() -> None:
    given(*x.running, handed_to_bo).when(to_bo).then_nothing()


@rule("R-226")
def test_never_to_somebody_outside_the_post() -> None:
    given(*x.running).when(replace(to_bo, to=x.CHEN)).then_refused(OfficerIsNotOnPost)
    given(*x.running).when(replace(to_bo, by=x.CHEN)).then_refused(OfficerIsNotOnPost)


@rule("R-227")
def test_a_handover_has_a_reason() -> None:
    given(*x.running).when(replace(to_bo, reason=" ")).then_refused(ReasonIsMissing)


@rule("R-130")
def test_a_decided_case_stays_where_it_is() -> None:
    given(*x.done).when(to_bo).then_refused(CaseIsDecided)
    given().when(to_bo).then_refused(CaseNotFound)


@rule("R-236", "R-117")
def test_a_village_point_passes_on_what_it_collected() -> None:
    in_village.when(to_township).then(
        e.CaseTransferred(
            from_office=x.VILLAGE,
            to_office=x.TOWNSHIP,
            to_post=x.WINDOW,
            to_officer=x.ANNA,
            reason="代收转交",
        )
    )


@rule("R-904")
def test_a_case_does_not_leave_its_line_of_offices() -> None:
    elsewhere = in_village.with_facts(to_post=x.other_window)
    command = replace(to_township, to_post=x.OTHER_WINDOW)
    elsewhere.when(command).then_refused(TransferLeavesTheLine)


@rule("R-117")
def test_an_accepted_case_is_not_sent_down_to_a_village() -> None:
    command = replace(to_township, by=x.ANNA, to_post=x.AGENCY_DESK)
    accepted = given(*x.running).with_facts(to_post=x.agency_desk)
    accepted.when(command).then_refused(VillagePointCannotAccept)


@rule("R-202", "R-226", "R-227")
def test_a_transfer_names_post_and_reason_and_comes_from_who_answers() -> None:
    in_village.when(replace(to_township, reason="")).then_refused(ReasonIsMissing)
    in_village.when(replace(to_township, by=x.BO)).then_refused(OfficerIsNotResponsible)
    nowhere = in_village.with_facts(to_post=Post())
    nowhere.when(to_township).then_refused(PostNotFound)
    vacant = in_village.with_facts(to_post=replace(x.window, primary=None))
    vacant.when(to_township).then_refused(OfficerIsNotOnPost)


def test_a_transfer_to_its_own_post_changes_nothing() -> None:
    given(*x.running).with_facts(to_post=x.window).when(to_township).then_nothing()
