"""Receiving materials: what the list asks for, before acceptance."""

from domain.case import commands as c
from domain.case import events as e
from domain.case.refusals import (
    CaseIsAccepted,
    CaseIsFinished,
    CaseNotFound,
    MaterialIsNotOnList,
    OfficerIsNotOnPost,
)
from tests import examples as x
from tests.rules import rule
from tests.scenario import given


def receive(*materials: str, by: object = x.ANNA) -> c.ReceiveMaterials:
    return c.ReceiveMaterials(
        case_id=x.CASE,
        by=by,  # type: ignore[arg-type]
        materials=materials,
        now=x.NOON,
    )


@rule("R-112")
def test_materials_are_taken_in() -> None:
    given(*x.at_hand).when(receive("M2", "M1")).then(x.all_received)


@rule("R-112")
def test_only_what_is_new_is_recorded() -> None:
    one = e.MaterialsReceived(materials=("M1",))
    given(*x.at_hand, one).when(receive("M1", "M2")).then(
        e.MaterialsReceived(materials=("M2",))
    )


def test_the_same_materials_again_change_nothing() -> None:
    given(*x.complete).when(receive("M1", "M2")).then_nothing()


@rule("R-114")
def test_nothing_outside_the_list_is_taken() -> None:
    given(*x.at_hand).when(receive("M1", "M9")).then_refused(MaterialIsNotOnList)


@rule("R-105")
def test_after_acceptance_nothing_more_is_asked() -> None:
    given(*x.running).when(receive("M3")).then_refused(CaseIsAccepted)


@rule("R-221")
def test_a_withdrawn_case_takes_nothing() -> None:
    given(*x.at_hand, x.withdrawn).when(receive("M1")).then_refused(CaseIsFinished)


@rule("R-226")
def test_a_stranger_to_the_post_takes_nothing() -> None:
    given(*x.at_hand).when(receive("M1", by=x.CHEN)).then_refused(OfficerIsNotOnPost)


def test_there_must_be_a_case() -> None:
    given().when(receive("M1")).then_refused(CaseNotFound)
