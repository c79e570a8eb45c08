"""How a case is told: its state, its limits, and the way it has come."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from domain.case.state import Stage
from domain.case.tier import DeadlineTier


class CaseState(BaseModel):
    """``responsible`` is null only where a foreign log does not tell it."""

    case_id: UUID
    case_no: str
    item_code: str
    item_version: int
    item_name: str | None
    applicant: UUID | None
    office_code: str
    post: UUID | None
    responsible: UUID | None
    stage: Stage
    is_collected: bool = Field(description="Taken in by a village point (R-117).")
    is_imported: bool
    notified: bool
    materials: list[str]
    document_no: str | None
    outcome: str | None
    accepted_on: date | None
    decided_on: date | None
    rating: str | None
    last_activity: str | None


class DueDate(BaseModel):
    """``on`` is null when it depends on a year nobody has published (R-611)."""

    on: date | None
    earliest_on: date | None
    provisional: bool
    reason: str


class Limits(BaseModel):
    """``tier`` is null once the clock no longer runs."""

    tier: DeadlineTier | None
    remaining: str = Field(description="In Chinese words.")
    promised_due: DueDate | None
    statutory_due: DueDate | None
    given_deadline_at: datetime | None = Field(description="Of an imported case.")
    calendar_version: int
    policy_version: int | None


class Source(BaseModel):
    """Where an imported fact comes from."""

    log: str
    row: str
    mapping: str
    digest: str


class Step(BaseModel):
    """One event of a case. ``data`` are the fields of the event."""

    version: int
    position: int
    event: str = Field(description="Stored name, as case.accepted.v1.")
    effective_at: datetime = Field(description="When it is said to have happened.")
    recorded_at: datetime = Field(description="When the log learnt of it.")
    actor: str
    role: str
    office: str | None
    correlation_id: str
    flags: list[str] = Field(description="imported, derived")
    provenance: Source | None
    rests_on: dict[str, int] = Field(description="Versions the decision rested on.")
    data: dict[str, Any]


class CaseShown(BaseModel):
    """A case as it stands, and what may be done next."""

    version: int
    at: datetime
    case: CaseState
    limits: Limits
    missing_materials: list[str]
    next_steps: list[str] = Field(
        description="Below /cases/{id}/: no rule about the case refuses them now."
    )


class Timeline(BaseModel):
    version: int
    steps: list[Step]


class CaseThen(BaseModel):
    """A case as of an instant: what had happened, or what was known, by then."""

    version: int
    at: datetime
    axis: Literal["effective", "recorded"]
    case: CaseState
    limits: Limits
    timeline: list[Step]
