"""Dynamic tracking over HTTP: every step in scope, in the log's order."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from api.dependencies import ServicesOf
from api.listing import VIEWS, PageLimit, ScopeOf
from api.waiting import reached
from infra.database import Role
from projections import tracking

router = APIRouter(prefix="/views/tracking", tags=["views"])
Position = Annotated[int, Depends(reached(tracking.NAME))]


class TrackedStep(BaseModel):
    """One event of a case. ``details`` are its plain facts, never a name."""

    position: int
    case_id: UUID
    version: int
    office_code: str
    case_no: str
    item_name: str | None
    name: str
    activity: str | None
    step: str | None
    effective_at: datetime
    recorded_at: datetime
    actor: str
    officer: UUID | None
    to_officer: UUID | None
    is_imported: bool
    is_derived: bool
    details: dict[str, Any]


class Tracked(BaseModel):
    position: int = Field(description="The log's position that the view shows.")
    next: int = Field(description="Ask again with after=next for what follows.")
    steps: list[TrackedStep]


@router.get("", **VIEWS)
def follow(
    services: ServicesOf,
    scope: ScopeOf,
    position: Position,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: PageLimit = 100,
) -> Tracked:
    """What followed a position, oldest first."""
    with services.database.transaction(Role.READER) as cursor:
        rows = tracking.ticker(cursor, scope, after, limit)
    is_last = len(rows) < limit
    steps = [TrackedStep.model_validate(row) for row in rows]
    return Tracked(
        position=position,
        next=max(after, position) if is_last else steps[-1].position,
        steps=steps,
    )
