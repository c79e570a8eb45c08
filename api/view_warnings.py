"""Deadline warning over HTTP: open cases as of an instant, with tier and time left."""

from datetime import datetime
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from api.cursors import cursor_of, place_of
from api.dependencies import Now, ServicesOf
from api.faults import CursorIsMalformed
from api.fields import InstantQuery, is_fit
from api.listing import VIEWS, Cursor, Page, PageLimit, ScopeOf
from api.waiting import reached
from domain.case.tier import DeadlineTier
from infra.database import Role
from projections.warnings import OpenCase, Window, counts, tier_counts, warnings

router = APIRouter(prefix="/views/warnings", tags=["views"])
Position = Annotated[int, Depends(reached("deadlines"))]
WindowQuery = Annotated[
    Window,
    Query(description="case: from opening to end; steps: from first to last step."),
]


class Place(NamedTuple):
    """Where a page ended; all pages are as of the instant of the first."""

    at: datetime
    group: int
    left: float
    case_no: str


class WarningShown(BaseModel):
    case_id: UUID
    case_no: str
    item_name: str | None
    office_code: str
    post: UUID | None
    responsible: UUID | None
    stage: str
    tier: DeadlineTier
    remaining: str = Field(description="In Chinese words.")
    remaining_workdays: int | None
    due_on: str | None = Field(description="A date, or the instant of an import.")
    is_imported: bool
    used_percent: int | None


class Warnings(Page):
    at: datetime
    window: Window
    cases: list[WarningShown]


class WarningCounts(BaseModel):
    """Counted from begin and end intervals, so for any instant alike."""

    at: datetime
    window: Window
    position: int
    started_by: int
    open: int
    overdue: int
    tiers: dict[DeadlineTier, int]


@router.get("", **VIEWS)
def list_warnings(  # noqa: PLR0913, PLR0917  a view has its filters
    services: ServicesOf,
    scope: ScopeOf,
    position: Position,
    now: Now,
    tier: Annotated[list[DeadlineTier] | None, Query(max_length=10)] = None,
    effective_at: InstantQuery = None,
    window: WindowQuery = Window.CASE,
    limit: PageLimit = 100,
    cursor: Cursor = None,
) -> Warnings:
    """Cases open at the instant, most urgent first."""
    start = _start(cursor) if cursor else None
    at = start.at if start else effective_at or now
    with services.database.transaction(Role.READER) as reader:
        found = warnings(reader, scope, at, window)
    kept = [
        each
        for each in found
        if (not tier or each.tier in tier)
        and (start is None or _place(each, at) > start)
    ]
    shown = kept[:limit]
    return Warnings(
        at=at,
        window=window,
        position=position,
        cases=[WarningShown.model_validate(_plain(each)) for each in shown],
        next=cursor_of(_place(shown[-1], at)) if len(kept) > limit else None,
    )


@router.get("/counts", **VIEWS)
def count_warnings(  # noqa: PLR0913, PLR0917  a view has its filters
    services: ServicesOf,
    scope: ScopeOf,
    position: Position,
    now: Now,
    effective_at: InstantQuery = None,
    window: WindowQuery = Window.CASE,
) -> WarningCounts:
    """How many cases were begun, open and overdue at the instant, and by tier."""
    at = effective_at or now
    with services.database.transaction(Role.READER) as reader:
        counted = counts(reader, scope, at, window)
        tiers = tier_counts(warnings(reader, scope, at, window))
    return WarningCounts(
        at=at,
        window=window,
        position=position,
        started_by=counted.started_by,
        open=counted.open,
        overdue=counted.overdue,
        tiers=tiers,
    )


def _start(cursor: str) -> Place:
    start = place_of(cursor, Place)
    if not is_fit(start.at):
        raise CursorIsMalformed
    return start


def _place(case: OpenCase, at: datetime) -> Place:
    return Place(at, *case.urgency, case.case_no)


def _plain(case: OpenCase) -> dict[str, Any]:
    return {name: getattr(case, name) for name in WarningShown.model_fields}
