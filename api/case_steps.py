"""Routes on the steps of a case, in the order in which they are taken."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import ConfigDict, Field, JsonValue

from api.contract import CHANGES
from api.fields import Body, Materials, Name, Prose, Word
from api.writing import CaseWriteOf, Written
from domain.case import commands as c

router = APIRouter(prefix="/cases/{case_id}", tags=["cases"])


def _example(**fields: JsonValue) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class NoticeBody(Body):
    model_config = _example(materials=None)

    materials: Materials | None = Field(
        None, description="None: the whole list. A list must be the whole list (R-110)."
    )


class MaterialsBody(Body):
    model_config = _example(materials=["M1", "M2"])

    materials: Materials


class AcceptanceBody(Body):
    model_config = _example(document_no="受〔2026〕1号", seal="S-1")

    document_no: Word
    seal: Word


class RefusalBody(Body):
    model_config = _example(
        kind="not_competent",
        reason="该事项由县民政局办理",
        competent_organ="县民政局 0953-6012345",
        document_no="不〔2026〕1号",
        seal="S-1",
    )

    kind: c.RefusalKind
    reason: Prose
    competent_organ: Name | None = None
    document_no: Word
    seal: Word


class HandoverBody(Body):
    model_config = _example(
        to="00000000-0000-4000-8000-000000000066", reason="A岗外出培训"
    )

    to: UUID = Field(description="The other holder of the post (R-226).")
    reason: Prose


class TransferBody(Body):
    model_config = _example(
        to_post="00000000-0000-4000-8000-00000000012d", reason="代收件转乡镇受理"
    )

    to_post: UUID = Field(description="Up or down the same line of offices (R-904).")
    reason: Prose


class DecisionBody(Body):
    model_config = _example(
        outcome="granted",
        reasons=None,
        remedies=None,
        document_no="准〔2026〕1号",
        seal="S-1",
    )

    outcome: c.Outcome
    reasons: Prose | None = Field(None, description="A refusal needs them (R-138).")
    remedies: Prose | None = Field(None, description="A refusal needs them (R-138).")
    document_no: Word
    seal: Word


class DeliveryBody(Body):
    model_config = _example(mode="counter")

    mode: c.DeliveryMode


class RatingBody(Body):
    model_config = _example(level="very_satisfied", channel="hall_tablet")

    level: c.RatingLevel
    channel: c.RatingChannel


class WithdrawalBody(Body):
    model_config = _example(reason="申请人不再需要")

    reason: Prose


@router.post("/notice", **CHANGES)
def give_notice(case_id: UUID, body: NoticeBody, write: CaseWriteOf) -> Written:
    """一次性告知: tell once, and all that the item version asks for (R-110)."""
    command = c.GiveOneTimeNotice(
        case_id=case_id, by=write.by, materials=body.materials, now=write.now
    )
    return write.do(command)


@router.post("/materials", **CHANGES)
def receive_materials(
    case_id: UUID, body: MaterialsBody, write: CaseWriteOf
) -> Written:
    """Take in materials that the published list asks for (R-114)."""
    command = c.ReceiveMaterials(
        case_id=case_id, by=write.by, materials=body.materials, now=write.now
    )
    return write.do(command)


@router.post("/acceptance", **CHANGES)
def accept(case_id: UUID, body: AcceptanceBody, write: CaseWriteOf) -> Written:
    """受理: complete, with a voucher; the limits begin (R-105, R-108)."""
    command = c.AcceptCase(
        case_id=case_id, by=write.by, **body.model_dump(), now=write.now
    )
    return write.do(command)


@router.post("/acceptance-refusal", **CHANGES)
def refuse_acceptance(case_id: UUID, body: RefusalBody, write: CaseWriteOf) -> Written:
    """不予受理: with reason, voucher and where to go instead (R-105, R-109)."""
    command = c.RefuseAcceptance(
        case_id=case_id, by=write.by, **body.model_dump(), now=write.now
    )
    return write.do(command)


@router.post("/handovers", **CHANGES)
def hand_over(case_id: UUID, body: HandoverBody, write: CaseWriteOf) -> Written:
    """AB岗交接: between the two holders of the post, with a reason (R-226)."""
    command = c.HandOverCase(
        case_id=case_id, by=write.by, **body.model_dump(), now=write.now
    )
    return write.do(command)


@router.post("/transfers", **CHANGES)
def transfer(case_id: UUID, body: TransferBody, write: CaseWriteOf) -> Written:
    """转办: to another post, up or down the same line of offices (R-202)."""
    command = c.TransferCase(
        case_id=case_id, by=write.by, **body.model_dump(), now=write.now
    )
    return write.do(command)


@router.post("/decision", **CHANGES)
def decide(case_id: UUID, body: DecisionBody, write: CaseWriteOf) -> Written:
    """准予或不予: after acceptance; a refusal has reasons and remedies (R-138)."""
    command = c.DecideCase(
        case_id=case_id, by=write.by, **body.model_dump(), now=write.now
    )
    return write.do(command)


@router.post("/delivery", **CHANGES)
def deliver(case_id: UUID, body: DeliveryBody, write: CaseWriteOf) -> Written:
    """送达: what was decided reaches the applicant (R-134)."""
    command = c.DeliverResult(
        case_id=case_id, by=write.by, mode=body.mode, now=write.now
    )
    return write.do(command)


@router.post("/rating", **CHANGES)
def rate(case_id: UUID, body: RatingBody, write: CaseWriteOf) -> Written:
    """群众评价: one first rating a service, never by a clerk (R-304, R-305)."""
    command = c.RateCase(case_id=case_id, **body.model_dump(), now=write.now)
    return write.do(command)


@router.post("/withdrawal", **CHANGES)
def withdraw(case_id: UUID, body: WithdrawalBody, write: CaseWriteOf) -> Written:
    """撤回: the applicant takes the application back, before the decision."""
    command = c.WithdrawCase(
        case_id=case_id, by=write.by, reason=body.reason, now=write.now
    )
    return write.do(command)
