"""Opening a case: first contact, number, applicant, post."""

from dataclasses import replace

from domain.case import events as e
from domain.case.refusals import CaseExists, OfficerIsNotOnPost
from domain.catalogue.decisions import ItemNotFound
from domain.party.decisions import PartyIsMerged, PartyNotFound
from domain.party.state import Party
from domain.post.decisions import PostNotFound
from domain.post.state import Post
from tests import examples as x
from tests.rules import rule
from tests.scenario import given


@rule("R-201", "R-504")
def test_who_receives_the_person_first_is_responsible() -> None:
    given().when(x.open_case).then(
        e.CaseNumberTaken(case_id=x.CASE, case_no=x.CASE_NO),
        x.opened,
        x.first_contact,
    )


@rule("R-504")
def test_the_serial_belongs_to_the_item_and_the_local_day() -> None:
    taken, *_ = given().with_facts(serial=17).when(x.open_case).decided()
    assert isinstance(taken, e.CaseNumberTaken)
    assert taken.case_no == f"{x.ITEM}202609170017"


@rule("R-117", "R-238")
def test_a_village_point_collects_and_does_not_receive() -> None:
    command = replace(x.open_case, post=x.AGENCY_DESK, by=x.CHEN)
    _, opened, _ = given().with_facts(post=x.agency_desk).when(command).decided()
    assert isinstance(opened, e.CaseOpened)
    assert opened.is_collected


def test_the_same_opening_again_changes_nothing() -> None:
    given(*x.at_hand).when(x.open_case).then_nothing()


@rule("R-504")
def test_an_id_serves_one_case_only() -> None:
    other = replace(x.open_case, applicant=x.BO)
    given(*x.at_hand).when(other).then_refused(CaseExists)
    given(x.source_case).when(x.open_case).then_refused(CaseExists)


@rule("R-226")
def test_only_a_or_b_of_the_post_takes_a_case_in() -> None:
    command = replace(x.open_case, by=x.CHEN)
    given().when(command).then_refused(OfficerIsNotOnPost)


@rule("R-115")
def test_there_must_be_a_published_item() -> None:
    given().with_facts(item=None).when(x.open_case).then_refused(ItemNotFound)


@rule("R-226")
def test_there_must_be_a_post() -> None:
    given().with_facts(post=Post()).when(x.open_case).then_refused(PostNotFound)


@rule("R-510")
def test_there_must_be_an_applicant_who_stands_on_his_own() -> None:
    unknown = given().with_facts(applicant=Party())
    unknown.when(x.open_case).then_refused(PartyNotFound)
    merged = given().with_facts(applicant=replace(x.person, merged_into=x.BO))
    merged.when(x.open_case).then_refused(PartyIsMerged)
