"""Deciding, delivering and withdrawing: after acceptance, with reasons, once."""

from dataclasses import replace

from domain.case import commands as c
from domain.case import events as e
from domain.case.refusals import (
    CaseIsDecided,
    CaseIsFinished,
    CaseIsNotAccepted,
    CaseIsNotDecided,
    CaseNotFound,
    DocumentIsMissing,
    OfficerIsNotResponsible,
    ReasonIsMissing,
    ReasonsAndRemediesAreMissing,
)
from tests import examples as x
from tests.rules import rule
from tests.scenario import given

refuse = replace(
    x.grant,
    outcome=c.Outcome.REFUSED,
    reasons="不符合条件",
    remedies="可在六十日内申请行政复议",
)
deliver = c.DeliverResult(
    case_id=x.CASE, by=x.ANNA, mode=c.DeliveryMode.COUNTER, now=x.NOON
)
withdraw = c.WithdrawCase(case_id=x.CASE, by=x.ANNA, reason="不再需要", now=x.NOON)


@rule("R-130")
def test_an_accepted_case_is_decided() -> None:
    given(*x.running).when(x.grant).then(x.granted)


@rule("R-130")
def test_never_before_acceptance() -> None:
    given(*x.complete).when(x.grant).then_refused(CaseIsNotAccepted)


@rule("R-138")
def test_a_refusal_gives_reasons_and_remedies() -> None:
    (decided,) = given(*x.running).when(refuse).decided()
    assert isinstance(decided, e.CaseDecided)
    assert (decided.outcome, decided.reasons) == ("refused", "不符合条件")
    for lacking in (replace(refuse, reasons=" "), replace(refuse, remedies=None)):
        given(*x.running).when(lacking).then_refused(ReasonsAndRemediesAreMissing)


@rule("R-108")
def test_a_decision_has_number_and_seal() -> None:
    lacking = replace(x.grant, seal="")
    given(*x.running).when(lacking).then_refused(DocumentIsMissing)


@rule("R-130")
def test_a_decision_stands() -> None:
    given(*x.done).when(x.grant).then_nothing()
    given(*x.done).when(refuse).then_refused(CaseIsDecided)
    given(*x.done, x.delivered).when(x.grant).then_refused(CaseIsDecided)
    given(*x.running, x.withdrawn).when(x.grant).then_refused(CaseIsFinished)


@rule("R-226")
def test_only_the_responsible_officer_decides_delivers_and_records() -> None:
    given(*x.running).when(replace(x.grant, by=x.BO)).then_refused(
        OfficerIsNotResponsible
    )
    given(*x.done).when(replace(x.grant, by=x.BO)).then_refused(OfficerIsNotResponsible)
    given(*x.done).when(replace(deliver, by=x.BO)).then_refused(OfficerIsNotResponsible)
    given(*x.done, x.delivered).when(replace(deliver, by=x.BO)).then_refused(
        OfficerIsNotResponsible
    )
    given(*x.running).when(replace(withdraw, by=x.BO)).then_refused(
        OfficerIsNotResponsible
    )
    given(*x.running, x.withdrawn).when(replace(withdraw, by=x.BO)).then_refused(
        OfficerIsNotResponsible
    )


@rule("R-134")
def test_what_was_decided_is_delivered_once() -> None:
    given(*x.done).when(deliver).then(x.delivered)
    given(*x.done, x.delivered).when(deliver).then_nothing()
    given(*x.running).when(deliver).then_refused(CaseIsNotDecided)
    given().when(deliver).then_refused(CaseNotFound)


@rule("A-10")
def test_the_applicant_takes_the_application_back_before_the_decision() -> None:
    given(*x.running).when(withdraw).then(x.withdrawn)
    given(*x.running, x.withdrawn).when(withdraw).then_nothing()
    given(*x.done).when(withdraw).then_refused(CaseIsDecided)
    given(*x.running).when(replace(withdraw, reason="")).then_refused(ReasonIsMissing)
    given().when(withdraw).then_refused(CaseNotFound)
