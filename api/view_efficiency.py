"""Efficiency monitoring over HTTP: figures with what they are counted from."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from api.dependencies import ServicesOf
from api.listing import VIEWS, ScopeOf
from api.waiting import reached
from infra.database import Role
from projections import efficiency, officers, offices, performance
from projections.scope import Scope
from projections.view import ReadCursor

router = APIRouter(prefix="/views/efficiency", tags=["views"])
Position = Annotated[int, Depends(reached(efficiency.NAME))]
MOST_ROWS = 1000


class Grouping(StrEnum):
    TOTAL = "total"
    OFFICE = "office"
    OFFICER = "officer"
    DAY = "day"


class Figures(BaseModel):
    """One group. null is 无数据: the log has none, which is neither 0 nor 100 %."""

    key: str | None = Field(description="Office, local day; null for the total.")
    name: str | None = Field(None, description="Of the office.")
    cases: int
    received: int
    accepted: int
    finished: int
    on_time: int
    judged_on_time: int = Field(description="Finished cases with a certain due date.")
    averaged: int = Field(description="Finished cases whose working days are known.")
    average_workdays: float | None
    median_workdays: float | None
    average_seconds: float | None = Field(description="Imported cases only.")
    rated: int
    satisfied: int
    handovers: int
    derived_handovers: int
    rework_cases: int
    rework_steps: int
    source_steps: int


class OfficerFigures(BaseModel):
    """A case counts for everyone who worked on it."""

    officer: UUID
    name: str | None
    steps: int
    cases: int
    last_in_cases: int


class Efficiency(BaseModel):
    """``officers`` is filled for by=officer, ``figures`` for every other grouping."""

    by: Grouping
    position: int
    figures: list[Figures]
    officers: list[OfficerFigures]


@router.get("", **VIEWS)
def read_efficiency(
    services: ServicesOf,
    scope: ScopeOf,
    position: Position,
    by: Grouping = Grouping.TOTAL,
) -> Efficiency:
    """Figures of the scope, at most 1000 groups."""
    with services.database.transaction(Role.READER) as cursor:
        is_by_officer = by is Grouping.OFFICER
        return Efficiency(
            by=by,
            position=position,
            figures=[] if is_by_officer else _figures(cursor, scope, by),
            officers=_officers(cursor, scope) if is_by_officer else [],
        )


def _figures(cursor: ReadCursor, scope: Scope, by: Grouping) -> list[Figures]:
    rows = performance.performance(cursor, scope, performance.By(by), MOST_ROWS)
    names: dict[str, str] = {}
    if by is Grouping.OFFICE:
        names = offices.names(cursor, [row["key"] for row in rows])
    return [Figures(**row, name=names.get(row["key"])) for row in rows]


def _officers(cursor: ReadCursor, scope: Scope) -> list[OfficerFigures]:
    rows = performance.officers(cursor, scope, MOST_ROWS)
    names = officers.names(cursor, [row["officer"] for row in rows])
    return [OfficerFigures(**row, name=names.get(row["officer"])) for row in rows]
