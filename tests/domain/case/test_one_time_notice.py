"""The one-time notice: the whole list, once."""

from domain.case import commands as c
from domain.case import events as e
from domain.case.refusals import (
    CaseIsAccepted,
    CaseIsImported,
    CaseNotFound,
    MaterialIsNotOnList,
    NoticeIsIncomplete,
    OfficerIsNotResponsible,
)
from tests import examples as x
from tests.rules import rule
from tests.scenario import given

everything = c.GiveOneTimeNotice(case_id=x.CASE, by=x.ANNA, materials=None, now=x.NOON)
noticed = e.OneTimeNoticeGiven(
    item_version=1, materials=("M1", "M2", "M3"), missing=("M1", "M2")
)


def notice(*materials: str) -> c.GiveOneTimeNotice:
    return c.GiveOneTimeNotice(
        case_id=x.CASE, by=x.ANNA, materials=materials, now=x.NOON
    )


@rule("R-211", "R-105")
def test_the_whole_list_is_told_with_what_is_missing() -> None:
    given(*x.at_hand).when(everything).then(noticed)


@rule("R-211")
def test_what_was_handed_in_is_not_missing() -> None:
    got = e.MaterialsReceived(materials=("M1",))
    (told,) = given(*x.at_hand, got).when(everything).decided()
    assert isinstance(told, e.OneTimeNoticeGiven)
    assert told.missing == ("M2",)


@rule("R-110")
def test_one_time_means_one() -> None:
    given(*x.at_hand, noticed).when(everything).then_nothing()
    given(*x.at_hand, noticed).when(notice("M3", "M2", "M1")).then_nothing()


@rule("R-110", "R-109")
def test_a_part_of_the_list_is_not_a_notice() -> None:
    given(*x.at_hand).when(notice("M1", "M2")).then_refused(NoticeIsIncomplete)


@rule("R-114")
def test_nothing_outside_the_list_is_asked_for() -> None:
    command = notice("M1", "M2", "M3", "M9")
    refusal = given(*x.at_hand).when(command).then_refused(MaterialIsNotOnList)
    assert refusal.facts == {"materials": "M9"}


@rule("R-105")
def test_after_acceptance_it_is_too_late() -> None:
    given(*x.running).when(everything).then_refused(CaseIsAccepted)


@rule("R-226")
def test_b_takes_the_case_over_first() -> None:
    by_bo = c.GiveOneTimeNotice(case_id=x.CASE, by=x.BO, materials=None, now=x.NOON)
    given(*x.at_hand).when(by_bo).then_refused(OfficerIsNotResponsible)


def test_there_must_be_a_live_case() -> None:
    given().when(everything).then_refused(CaseNotFound)
    given(x.source_case).when(everything).then_refused(CaseIsImported)
