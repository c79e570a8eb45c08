"""Accepting a case, or refusing to: complete, with a voucher, by an organ."""

from dataclasses import replace
from datetime import date

from domain.case import commands as c
from domain.case import events as e
from domain.case.refusals import (
    CaseIsAccepted,
    CaseIsDecided,
    CaseIsFinished,
    CaseNotFound,
    CompetentOrganIsMissing,
    DocumentIsMissing,
    MaterialsAreMissing,
    OfficerIsNotResponsible,
    RefusalReasonIsMissing,
    VillagePointCannotAccept,
)
from tests import examples as x
from tests.rules import rule
from tests.scenario import given

refuse = c.RefuseAcceptance(
    case_id=x.CASE,
    by=x.ANNA,
    kind=c.RefusalKind.NOT_REQUIRED,
    reason="无需办理",
    competent_organ=None,
    document_no="不〔2026〕1号",
    seal="S-1",
    now=x.NOON,
)
in_village = (
    replace(x.opened, office_code=x.VILLAGE, is_collected=True),
    e.FirstContactAssigned(officer=x.CHEN, post=x.AGENCY_DESK),
    x.all_received,
)


@rule("R-105", "R-108", "R-151", "V-01")
def test_a_complete_application_is_accepted_with_its_dates() -> None:
    given(*x.complete).when(x.accept).then(x.accepted)


@rule("R-105", "R-112")
def test_nothing_is_accepted_before_all_required_materials_are_there() -> None:
    refusal = given(*x.at_hand).when(x.accept).then_refused(MaterialsAreMissing)
    assert refusal.facts == {"missing": "M1,M2"}


@rule("R-610")
def test_without_a_calendar_no_date_is_told() -> None:
    bare = given(*x.complete).with_facts(calendar=None)
    bare.when(x.accept).then(
        replace(x.accepted, promised_due_told=None, statutory_due_told=None)
    )


@rule("R-102")
def test_an_item_without_a_statutory_limit_has_none_told() -> None:
    item = x.item_with(replace(x.publish_item, statutory_limit=None)).current
    given(*x.complete).with_facts(item=item).when(x.accept).then(
        replace(x.accepted, statutory_limit=None, statutory_due_told=None)
    )


@rule("R-108")
def test_acceptance_needs_a_voucher_with_number_and_seal() -> None:
    for lacking in (replace(x.accept, seal=" "), replace(x.accept, document_no="")):
        given(*x.complete).when(lacking).then_refused(DocumentIsMissing)


def test_the_same_acceptance_again_changes_nothing() -> None:
    given(*x.running).when(x.accept).then_nothing()


@rule("R-105")
def test_a_second_voucher_for_one_acceptance_is_refused() -> None:
    other = replace(x.accept, document_no="受〔2026〕2号")
    given(*x.running).when(other).then_refused(CaseIsAccepted)


@rule("R-117")
def test_a_village_point_accepts_nothing() -> None:
    village = given(*in_village).with_facts(post=x.agency_desk)
    village.when(replace(x.accept, by=x.CHEN)).then_refused(VillagePointCannotAccept)
    village.when(replace(refuse, by=x.CHEN)).then_refused(VillagePointCannotAccept)


@rule("R-130")
def test_it_is_too_late_after_the_decision_or_withdrawal() -> None:
    given(*x.done).when(x.accept).then_refused(CaseIsDecided)
    given(*x.complete, x.withdrawn).when(x.accept).then_refused(CaseIsFinished)


@rule("R-226")
def test_only_the_responsible_officer_accepts() -> None:
    by_bo = replace(x.accept, by=x.BO)
    given(*x.complete).when(by_bo).then_refused(OfficerIsNotResponsible)
    given(*x.running).when(by_bo).then_refused(OfficerIsNotResponsible)
    given().when(x.accept).then_refused(CaseNotFound)


@rule("R-105", "R-108")
def test_a_matter_that_needs_no_permit_is_told_so() -> None:
    given(*x.at_hand).when(refuse).then(x.refused_at_intake)
    given(*x.at_hand, x.refused_at_intake).when(refuse).then_nothing()


@rule("R-105")
def test_not_our_power_says_which_organ() -> None:
    elsewhere = replace(refuse, kind=c.RefusalKind.NOT_COMPETENT)
    given(*x.at_hand).when(elsewhere).then_refused(CompetentOrganIsMissing)
    named = replace(elsewhere, competent_organ="县市监局 0953-2")
    (refused,) = given(*x.at_hand).when(named).decided()
    assert isinstance(refused, e.AcceptanceRefused)
    assert refused.competent_organ == "县市监局 0953-2"


@rule("R-109", "R-108")
def test_a_refusal_to_accept_has_a_reason_and_a_voucher() -> None:
    given(*x.at_hand).when(replace(refuse, reason=" ")).then_refused(
        RefusalReasonIsMissing
    )
    given(*x.at_hand).when(replace(refuse, seal="")).then_refused(DocumentIsMissing)


@rule("R-105", "R-226")
def test_what_was_accepted_is_not_refused_acceptance() -> None:
    given(*x.running).when(refuse).then_refused(CaseIsAccepted)
    given(*x.at_hand).when(replace(refuse, by=x.BO)).then_refused(
        OfficerIsNotResponsible
    )
    again = given(*x.at_hand, x.refused_at_intake)
    again.when(replace(refuse, by=x.BO)).then_refused(OfficerIsNotResponsible)


@rule("R-608")
def test_a_december_date_is_told_as_it_is_computed() -> None:
    late = replace(x.accept, now=x.NOON.replace(month=11, day=23))
    (accepted,) = given(*x.complete).when(late).decided()
    assert isinstance(accepted, e.CaseAccepted)
    assert accepted.promised_due_told == date(2026, 12, 21)
    assert accepted.statutory_due_told is None
    assert accepted.is_provisional
