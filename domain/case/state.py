"""The little of a case's history that its rules need to remember."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from typing import assert_never
from uuid import UUID

from domain.case import events as e
from domain.case.source_steps import SourceStep
from domain.quick_making import quicken, replacing
from domain.unknown import known


class Stage(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    DELIVERED = "delivered"
    ACCEPTANCE_REFUSED = "acceptance_refused"
    WITHDRAWN = "withdrawn"
    SOURCE_ENDED = "source_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``responsible`` may be unknown only for a case out of a foreign log."""

    case_id: UUID | None = None
    case_no: str = ""
    item_code: str = ""
    item_version: int = 0
    item_name: str | None = None
    applicant: UUID | None = None
    office_code: str = ""
    post: UUID | None = None
    responsible: UUID | None = None
    stage: Stage = Stage.OPEN
    is_collected: bool = False
    is_imported: bool = False
    notified: bool = False
    materials: frozenset[str] = frozenset()
    document_no: str | None = None
    outcome: str | None = None
    accepted_on: date | None = None
    decided_on: date | None = None
    deadline_at: datetime | None = None
    rating: str | None = None
    last_activity: str | None = None

    @property
    def exists(self) -> bool:
        return self.case_id is not None

    @property
    def is_finished(self) -> bool:
        """办结: nothing is left to decide (delivery has a clock of its own)."""
        return self.stage not in (Stage.OPEN, Stage.ACCEPTED)


quicken(Case)
replace = replacing(Case)


def evolve(case: Case, event: e.CaseEvent) -> Case:
    match event:
        case e.CaseOpened() | e.SourceCaseRecorded():
            return _begin(event)
        case e.SourceStepRecorded() | e.SourceHandoverDerived() | e.SourceCaseEnded():
            return _evolve_source(case, event)
        case e.FirstContactAssigned():
            return replace(case, responsible=event.officer, post=event.post)
        case e.OneTimeNoticeGiven():
            return replace(case, notified=True)
        case e.MaterialsReceived():
            return replace(case, materials=case.materials | set(event.materials))
        case e.CaseHandedOver():
            return replace(case, responsible=event.to_officer)
        case e.CaseTransferred():
            return _transfer(case, event)
        case _:
            return _evolve_outcome(case, event)


Outcome = (
    e.CaseAccepted
    | e.AcceptanceRefused
    | e.CaseDecided
    | e.ResultDelivered
    | e.CaseRated
    | e.CaseWithdrawn
)


def _evolve_outcome(case: Case, event: Outcome) -> Case:
    match event:
        case e.CaseAccepted(accepted_on=day, document_no=document):
            return replace(
                case, stage=Stage.ACCEPTED, accepted_on=day, document_no=document
            )
        case e.AcceptanceRefused(kind=kind):
            return replace(case, stage=Stage.ACCEPTANCE_REFUSED, outcome=kind)
        case e.CaseDecided(outcome=outcome, decided_on=day):
            return replace(case, stage=Stage.DECIDED, outcome=outcome, decided_on=day)
        case e.ResultDelivered():
            return replace(case, stage=Stage.DELIVERED)
        case e.CaseRated(level=level):
            return replace(case, rating=level)
        case e.CaseWithdrawn():
            return replace(case, stage=Stage.WITHDRAWN)
        case _:
            assert_never(event)


SOURCE_STAGE = {
    SourceStep.ACCEPTED: Stage.ACCEPTED,
    SourceStep.ACCEPTANCE_REFUSED: Stage.ACCEPTANCE_REFUSED,
    SourceStep.DECIDED: Stage.DECIDED,
    SourceStep.DELIVERED: Stage.DELIVERED,
    SourceStep.WITHDRAWN: Stage.WITHDRAWN,
    SourceStep.COMPLETED: Stage.DECIDED,
}


def _begin(event: e.CaseOpened | e.SourceCaseRecorded) -> Case:
    match event:
        case e.CaseOpened():
            return Case(
                case_id=event.case_id,
                case_no=event.case_no,
                item_code=event.item_code,
                item_version=event.item_version,
                item_name=event.item_name,
                applicant=event.applicant,
                office_code=event.office_code,
                is_collected=event.is_collected,
            )
        case e.SourceCaseRecorded():
            return Case(
                case_id=event.case_id,
                case_no=event.source_case,
                item_name=event.item_name,
                office_code=event.office_code,
                deadline_at=event.deadline_at,
                is_imported=True,
            )
        case _:
            assert_never(event)


def _evolve_source(
    case: Case,
    event: e.SourceStepRecorded | e.SourceHandoverDerived | e.SourceCaseEnded,
) -> Case:
    match event:
        case e.SourceStepRecorded():
            step = SourceStep(event.step) if event.step else None
            return replace(
                case,
                responsible=event.officer or case.responsible,
                stage=_source_stage(case, step),
                last_activity=event.activity,
            )
        case e.SourceHandoverDerived():
            return replace(case, responsible=event.to_officer)
        case e.SourceCaseEnded():
            return replace(case, stage=Stage.SOURCE_ENDED)
        case _:
            assert_never(event)


def _source_stage(case: Case, step: SourceStep | None) -> Stage:
    """What follows the source's end is a finding; it does not reopen the case."""
    if step is None or case.stage is Stage.SOURCE_ENDED:
        return case.stage
    return SOURCE_STAGE.get(step, case.stage)


def _transfer(case: Case, event: e.CaseTransferred) -> Case:
    return replace(
        case,
        office_code=event.to_office,
        post=event.to_post,
        responsible=event.to_officer,
        is_collected=False,
    )


def fold(events: Iterable[e.CaseEvent]) -> Case:
    return reduce(evolve, known(events), Case())
