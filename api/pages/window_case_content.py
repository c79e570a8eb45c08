"""What a clerk sees of one case: facts, materials, and the steps lawful now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.pages.formats import local_day, local_instant
from api.pages.language import _
from api.pages.tiers import SHOWN, UNACCEPTED, TierShown, is_unaccepted
from api.pages.window_desk import CaseAtDesk
from api.pages.window_list import UNTIMED
from api.pages.window_steps_table import STEPS, Step
from api.pages.wording import OUTCOMES, STAGES, wording_of
from infra.case_at import CaseAt


@dataclass(frozen=True, slots=True)
class Material:
    name: str
    is_required: bool
    is_received: bool


@dataclass(frozen=True, slots=True)
class Offered:
    name: str
    step: Step


@dataclass(frozen=True, slots=True)
class Change:
    """An event that came after what somebody had seen."""

    at: datetime
    heading: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShown:
    address: str
    record: str
    item: str
    number: str
    version: int
    tier: TierShown
    left: str
    facts: Sequence[tuple[str, str]]
    materials: Sequence[Material]
    missing: int
    offered: Sequence[Offered]
    is_own: bool
    responsible: str


def case_shown(desk: CaseAtDesk) -> CaseShown:
    """Sentences are put together here, so in the language of the page."""
    case, found = desk.case, desk.found
    materials = list(_materials(desk))
    return CaseShown(
        address=f"/window/cases/{case.case_id}",
        record=f"/cases/{case.case_id}",
        item=case.item_name or case.case_no,
        number=case.case_no,
        version=found.version,
        tier=_tier(found),
        left=UNTIMED if _is_unaccepted(found) else found.remaining,
        facts=list(_facts(desk)),
        materials=materials,
        missing=sum(m.is_required and not m.is_received for m in materials),
        offered=[Offered(name, STEPS[name]) for name in desk.steps],
        is_own=desk.is_own,
        responsible=desk.names.officer(case.responsible),
    )


def changes_since(found: CaseAt, version: int) -> Sequence[Change]:
    """What happened to the case after its ``version``."""
    return [
        Change(
            recorded.recorded_at or recorded.effective_at,
            wording_of(recorded.event).heading,
            recorded.meta.actor,
        )
        for recorded in found.timeline
        if recorded.originator_version > version
    ]


def _is_unaccepted(found: CaseAt) -> bool:
    return is_unaccepted(found.tier, is_imported=found.case.is_imported)


def _tier(found: CaseAt) -> TierShown:
    if _is_unaccepted(found):
        return TierShown("pending", UNACCEPTED)
    if found.tier is not None:
        return SHOWN[found.tier]
    look = "finished" if found.case.is_finished else "pending"
    return TierShown(look, STAGES[found.case.stage])


def _facts(desk: CaseAtDesk) -> Iterator[tuple[str, str]]:
    case, names = desk.case, desk.names
    opened = min(recorded.effective_at for recorded in desk.found.timeline)
    yield _("办件编号"), case.case_no
    yield _("申请人"), names.applicant(case.applicant)
    yield _("当前环节"), _(STAGES[case.stage])
    if case.outcome:
        yield _("办理结果"), _(OUTCOMES.get(case.outcome, case.outcome))
    yield _("收件时间"), local_instant(opened)
    yield _("责任人"), names.officer(case.responsible)
    yield _("岗位"), names.post(case.post)
    yield _("属地"), names.office(case.office_code)
    due = desk.found.deadlines.promised_due
    if due is not None and due.on is not None:
        yield _("承诺到期日"), local_day(due.on)


def _materials(desk: CaseAtDesk) -> Iterator[Material]:
    for material in desk.item.materials if desk.item else ():
        is_received = material.code in desk.case.materials
        yield Material(material.name, material.required, is_received)
