"""From first contact to acceptance: rules of chapter 1b and 2a, 2b."""

from domain.calendar.due import Due, due, local_date
from domain.calendar.limits import Limit
from domain.case import commands as c
from domain.case import events as e
from domain.case import refusals
from domain.case.facts import CaseFacts
from domain.case.guards import (
    require_document,
    require_item,
    require_organ,
    require_post,
    require_responsible,
    require_unfinished,
)
from domain.case.state import Case, Stage
from domain.catalogue.state import ItemVersion
from domain.office.codes import DivisionCode, Tier
from domain.party.decisions import PartyNotFound, require_usable

Events = tuple[e.CaseEvent | e.CaseNumberTaken, ...]


def open_case(case: Case, command: c.OpenCase, facts: CaseFacts) -> Events:
    """R-201: who receives the person first is responsible from that moment."""
    if case.exists:
        same = (case.item_code, case.applicant) == (
            command.item_code,
            command.applicant,
        )
        if same and not case.is_imported:
            return ()
        raise refusals.CaseExists(case=case.case_no)
    item, post = require_item(facts), require_post(facts.post)
    if facts.applicant is None or not facts.applicant.exists:
        raise PartyNotFound
    require_usable(facts.applicant)
    if not post.is_held_by(command.by):
        raise refusals.OfficerIsNotOnPost(post=post.name)
    case_no = case_number(item.item_code, command, facts.serial)
    return (
        e.CaseNumberTaken(case_id=command.case_id, case_no=case_no),
        _opened(command, case_no, item, post.office_code),
        e.FirstContactAssigned(officer=command.by, post=command.post),
    )


def _opened(
    command: c.OpenCase, case_no: str, item: ItemVersion, office_code: str
) -> e.CaseOpened:
    return e.CaseOpened(
        case_id=command.case_id,
        case_no=case_no,
        item_code=item.item_code,
        item_version=item.version,
        item_name=item.name,
        applicant=command.applicant,
        office_code=office_code,
        channel=command.channel,
        is_collected=DivisionCode(office_code).tier is Tier.VILLAGE,
    )


def case_number(item_code: str, command: c.OpenCase, serial: int) -> str:
    """R-504: item code, local date, serial of the item on that day."""
    day = local_date(command.now).isoformat().replace("-", "")
    return f"{item_code}{day}{serial:04d}"


def give_notice(case: Case, command: c.GiveOneTimeNotice, facts: CaseFacts) -> Events:
    """R-110, R-211: once, and all of the item version's list."""
    _require_before_acceptance(case)
    require_responsible(case, command.by, facts)
    item = require_item(facts)
    told = frozenset(command.materials or item.material_codes)
    _require_on_list(told, item)
    if told != item.material_codes:
        raise refusals.NoticeIsIncomplete(told=len(told), all=len(item.materials))
    if case.notified:
        return ()
    return (
        e.OneTimeNoticeGiven(
            item_version=item.version,
            materials=tuple(m.code for m in item.materials),
            missing=tuple(
                m.code
                for m in item.materials
                if m.required and m.code not in case.materials
            ),
        ),
    )


def receive_materials(
    case: Case, command: c.ReceiveMaterials, facts: CaseFacts
) -> Events:
    """R-114: only what the published list asks for may be taken."""
    _require_before_acceptance(case)
    require_responsible(case, command.by, facts)
    received = frozenset(command.materials)
    _require_on_list(received, require_item(facts))
    new = received - case.materials
    if not new:
        return ()
    return (e.MaterialsReceived(materials=tuple(sorted(new))),)


def accept(case: Case, command: c.AcceptCase, facts: CaseFacts) -> Events:
    """R-105(5), R-108, R-112: complete, with a voucher, dates told."""
    if case.exists and case.stage is Stage.ACCEPTED and not case.is_imported:
        require_responsible(case, command.by, facts)
        if case.document_no == command.document_no:
            return ()
        raise refusals.CaseIsAccepted(case=case.case_no)
    require_unfinished(case)
    require_responsible(case, command.by, facts)
    require_organ(case.office_code)
    require_document(command.document_no, command.seal)
    item = require_item(facts)
    missing = sorted(item.required_codes - case.materials)
    if missing:
        raise refusals.MaterialsAreMissing(missing=",".join(missing))
    return (_accepted(command, item, facts),)


def _accepted(
    command: c.AcceptCase, item: ItemVersion, facts: CaseFacts
) -> e.CaseAccepted:
    accepted_on = local_date(command.now)

    def told(limit: Limit | None) -> Due | None:
        if limit is None or facts.calendar is None:
            return None
        return due(accepted_on, limit, facts.calendar)

    promised, statutory = told(item.promised_limit), told(item.statutory_limit)
    return e.CaseAccepted(
        document_no=command.document_no,
        seal=command.seal,
        accepted_on=accepted_on,
        statutory_limit=item.statutory_limit.amount if item.statutory_limit else None,
        promised_limit=item.promised_limit.amount,
        limit_unit=item.promised_limit.unit,
        promised_due_told=promised.on if promised else None,
        statutory_due_told=statutory.on if statutory else None,
        is_provisional=any(d.provisional for d in (promised, statutory) if d),
    )


def refuse_acceptance(
    case: Case, command: c.RefuseAcceptance, facts: CaseFacts
) -> Events:
    """R-105(1)(2), R-108, R-109: with reason, voucher and where to go instead."""
    if case.stage is Stage.ACCEPTANCE_REFUSED and case.outcome == command.kind:
        require_responsible(case, command.by, facts)
        return ()
    _require_before_acceptance(case)
    require_responsible(case, command.by, facts)
    require_organ(case.office_code)
    require_document(command.document_no, command.seal)
    if not command.reason.strip():
        raise refusals.RefusalReasonIsMissing
    organ = (command.competent_organ or "").strip()
    if command.kind is c.RefusalKind.NOT_COMPETENT and not organ:
        raise refusals.CompetentOrganIsMissing
    return (
        e.AcceptanceRefused(
            kind=command.kind,
            reason=command.reason,
            competent_organ=organ or None,
            document_no=command.document_no,
            seal=command.seal,
        ),
    )


def _require_before_acceptance(case: Case) -> None:
    require_unfinished(case)
    if case.stage is Stage.ACCEPTED:
        raise refusals.CaseIsAccepted(case=case.case_no)


def _require_on_list(materials: frozenset[str], item: ItemVersion) -> None:
    outside = sorted(materials - item.material_codes)
    if outside:
        raise refusals.MaterialIsNotOnList(materials=",".join(outside))
