"""Conditions that several decisions about a case share."""

from uuid import UUID

from domain.case import refusals
from domain.case.facts import CaseFacts
from domain.case.state import Case, Stage
from domain.catalogue.decisions import ItemNotFound
from domain.catalogue.state import ItemVersion
from domain.office.codes import DivisionCode, Tier
from domain.post.decisions import PostNotFound
from domain.post.state import Post


def require_live(case: Case) -> None:
    if not case.exists:
        raise refusals.CaseNotFound
    if case.is_imported:
        raise refusals.CaseIsImported(case=case.case_no)


def require_unfinished(case: Case) -> None:
    require_live(case)
    if case.stage in (Stage.DECIDED, Stage.DELIVERED):
        raise refusals.CaseIsDecided(case=case.case_no, stage=case.stage)
    if case.is_finished:
        raise refusals.CaseIsFinished(case=case.case_no, stage=case.stage)


def require_responsible(case: Case, officer: UUID, facts: CaseFacts) -> None:
    """R-226: only who answers for the case acts; B takes it over first."""
    post = require_post(facts.post)
    if case.responsible == officer:
        return
    if not post.is_held_by(officer):
        raise refusals.OfficerIsNotOnPost(post=post.name)
    raise refusals.OfficerIsNotResponsible(case=case.case_no)


def require_post(post: Post | None) -> Post:
    if post is None or not post.exists:
        raise PostNotFound
    return post


def require_item(facts: CaseFacts) -> ItemVersion:
    if facts.item is None:
        raise ItemNotFound
    return facts.item


def require_organ(office_code: str) -> None:
    """R-117: a village point collects; it neither accepts nor decides."""
    if DivisionCode(office_code).tier is Tier.VILLAGE:
        raise refusals.VillagePointCannotAccept(office=office_code)


def require_document(document_no: str, seal: str) -> None:
    if not document_no.strip() or not seal.strip():
        raise refusals.DocumentIsMissing


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise refusals.ReasonIsMissing
