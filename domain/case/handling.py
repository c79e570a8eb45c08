"""From acceptance to rating: handover, decision, delivery, withdrawal, rating."""

from domain.calendar.due import local_date
from domain.case import commands as c
from domain.case import events as e
from domain.case import refusals
from domain.case.facts import CaseFacts
from domain.case.guards import (
    require_document,
    require_live,
    require_organ,
    require_post,
    require_reason,
    require_responsible,
    require_unfinished,
)
from domain.case.state import Case, Stage
from domain.office.codes import DivisionCode
from domain.rating.options import foreign_to

Events = tuple[e.CaseEvent, ...]


def hand_over(case: Case, command: c.HandOverCase, facts: CaseFacts) -> Events:
    """R-226, R-227: between A and B of the post; B may take over by himself."""
    require_unfinished(case)
    post = require_post(facts.post)
    if not post.is_held_by(command.by) and case.responsible != command.by:
        raise refusals.OfficerIsNotOnPost(post=post.name)
    if not post.is_held_by(command.to):
        raise refusals.OfficerIsNotOnPost(post=post.name)
    if case.responsible == command.to or case.responsible is None:
        return ()
    require_reason(command.reason)
    return (
        e.CaseHandedOver(
            from_officer=case.responsible, to_officer=command.to, reason=command.reason
        ),
    )


def transfer(case: Case, command: c.TransferCase, facts: CaseFacts) -> Events:
    """R-202, R-236: to the A holder of a post up or down the same line (R-904)."""
    require_unfinished(case)
    to_post = require_post(facts.to_post)
    if case.post == command.to_post:
        return ()
    require_responsible(case, command.by, facts)
    require_reason(command.reason)
    here, there = DivisionCode(case.office_code), DivisionCode(to_post.office_code)
    if not (here.covers(there) or there.covers(here)):
        raise refusals.TransferLeavesTheLine(here=here.digits, there=there.digits)
    if case.stage is Stage.ACCEPTED:
        require_organ(there.digits)
    if to_post.primary is None:
        raise refusals.OfficerIsNotOnPost(post=to_post.name)
    return (
        e.CaseTransferred(
            from_office=case.office_code,
            to_office=to_post.office_code,
            to_post=command.to_post,
            to_officer=to_post.primary,
            reason=command.reason,
        ),
    )


def decide_case(case: Case, command: c.DecideCase, facts: CaseFacts) -> Events:
    """R-130, R-138: after acceptance; a refusal has reasons and remedies."""
    require_live(case)
    if case.stage is Stage.OPEN:
        raise refusals.CaseIsNotAccepted(case=case.case_no)
    if case.stage is Stage.DECIDED and case.outcome == command.outcome:
        require_responsible(case, command.by, facts)
        return ()
    require_unfinished(case)
    require_responsible(case, command.by, facts)
    require_document(command.document_no, command.seal)
    reasons = (command.reasons or "").strip() or None
    remedies = (command.remedies or "").strip() or None
    if command.outcome is c.Outcome.REFUSED and not (reasons and remedies):
        raise refusals.ReasonsAndRemediesAreMissing
    return (
        e.CaseDecided(
            outcome=command.outcome,
            decided_on=local_date(command.now),
            reasons=reasons,
            remedies=remedies,
            document_no=command.document_no,
            seal=command.seal,
        ),
    )


def deliver(case: Case, command: c.DeliverResult, facts: CaseFacts) -> Events:
    """R-134: what was decided reaches the applicant, once."""
    require_live(case)
    if case.stage is Stage.DELIVERED:
        require_responsible(case, command.by, facts)
        return ()
    if case.stage is not Stage.DECIDED:
        raise refusals.CaseIsNotDecided(case=case.case_no, stage=case.stage)
    require_responsible(case, command.by, facts)
    return (e.ResultDelivered(mode=command.mode, delivered_on=local_date(command.now)),)


def rate(case: Case, command: c.RateCase) -> Events:
    """R-303, R-304: one first rating a service, and only of a finished one.

    R-307: options belong to the level, so there are never more than it has.
    """
    require_live(case)
    if case.stage is Stage.WITHDRAWN or not case.is_finished:
        raise refusals.CaseIsNotFinished(case=case.case_no, stage=case.stage)
    if case.rating == command.level:
        return ()
    if case.rating is not None:
        raise refusals.CaseIsRated(case=case.case_no)
    foreign = foreign_to(command.level, command.options)
    if foreign:
        raise refusals.RatingOptionIsNotOfLevel(options=",".join(foreign))
    return (
        e.CaseRated(
            level=command.level,
            channel=command.channel,
            options=tuple(sorted(set(command.options))),
        ),
    )


def withdraw(case: Case, command: c.WithdrawCase, facts: CaseFacts) -> Events:
    """The applicant's own act (A-10), with his reason, before the decision."""
    if case.stage is Stage.WITHDRAWN:
        require_responsible(case, command.by, facts)
        return ()
    require_unfinished(case)
    require_responsible(case, command.by, facts)
    require_reason(command.reason)
    return (e.CaseWithdrawn(reason=command.reason),)
