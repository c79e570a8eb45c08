"""The ways cases went, over HTTP: variants, activities, and how long they took."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from api.dependencies import ServicesOf
from api.listing import VIEWS, PageLimit, ScopeOf
from api.waiting import reached
from infra.database import Role
from projections import paths

router = APIRouter(prefix="/views/paths", tags=["views"])
Position = Annotated[int, Depends(reached(paths.NAME))]


class Variant(BaseModel):
    activities: list[str]
    cases: int


class ActivityCount(BaseModel):
    activity: str
    events: int


class Summary(BaseModel):
    """Milliseconds from a case's first step to its last; percentiles interpolated."""

    cases: int
    variants: int
    activities: int
    edges: int = Field(description="Distinct pairs of directly following activities.")
    mean_ms: float | None
    min_ms: float | None
    max_ms: float | None
    median_ms: float | None
    p90_ms: float | None
    p95_ms: float | None


class Paths(BaseModel):
    position: int
    summary: Summary
    variants: list[Variant] = Field(description="Most frequent first.")
    activities: list[ActivityCount]


@router.get("", **VIEWS)
def read_paths(
    services: ServicesOf, scope: ScopeOf, position: Position, limit: PageLimit = 50
) -> Paths:
    """The distinct ways of the scope's cases; the summary counts all of them."""
    with services.database.transaction(Role.READER) as cursor:
        return Paths(
            position=position,
            summary=Summary.model_validate(paths.summary(cursor, scope)),
            variants=[Variant(**row) for row in paths.variants(cursor, scope, limit)],
            activities=[
                ActivityCount(**row) for row in paths.activities(cursor, scope, limit)
            ],
        )
