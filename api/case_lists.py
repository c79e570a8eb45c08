"""The list of cases, newest movement first, narrowed by office, stage, item, tier."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Annotated, NamedTuple
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from api.cursors import cursor_of, place_of
from api.dependencies import Now, ServicesOf
from api.fields import ITEM
from api.listing import VIEWS, Cursor, Page, PageLimit, ScopeOf
from api.waiting import reached
from domain.case.state import Stage
from domain.case.tier import DeadlineTier
from infra.database import Role
from projections import deadlines
from projections.case_list import After, cases
from projections.view import Rows
from projections.warnings import OpenCase, warnings

router = APIRouter(prefix="/cases", tags=["cases"])
BATCH = 500


class Place(NamedTuple):
    position: Annotated[int, msgspec.Meta(ge=0, le=2**62)]
    case_id: UUID


class CaseListed(BaseModel):
    """``tier`` and ``remaining`` are told when the list is narrowed by tier."""

    case_id: UUID
    case_no: str
    item_name: str | None
    office_code: str
    post: UUID | None
    responsible: UUID | None
    stage: Stage
    is_imported: bool
    channel: str | None
    opened_at: datetime | None
    accepted_at: datetime | None
    ended_at: datetime | None
    deadline_at: datetime | None
    promised_due_on: date | None
    statutory_due_on: date | None
    position: int = Field(description="Of the case's latest event.")
    tier: DeadlineTier | None = None
    remaining: str | None = None


class Cases(Page):
    cases: list[CaseListed]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed by; all that is told must hold."""

    stage: Stage | None
    item: str | None
    tier: DeadlineTier | None


def _narrowing(
    stage: Stage | None = None,
    item: Annotated[str | None, Query(pattern=ITEM)] = None,
    tier: Annotated[
        DeadlineTier | None, Query(description="Of open cases, as of now.")
    ] = None,
) -> Narrowing:
    return Narrowing(stage, item, tier)


@router.get("", **VIEWS)
def list_cases(  # noqa: PLR0913, PLR0917  a list has its filters
    services: ServicesOf,
    scope: ScopeOf,
    position: Annotated[int, Depends(reached(deadlines.NAME))],
    now: Now,
    narrowing: Annotated[Narrowing, Depends(_narrowing)],
    limit: PageLimit = 100,
    cursor: Cursor = None,
) -> Cases:
    """Cases of the scope, by their latest event, newest first."""
    after = After(**place_of(cursor, Place)._asdict()) if cursor else After()
    with services.database.transaction(Role.READER) as reader:
        found = warnings(reader, scope, now) if narrowing.tier else []
        source = partial(
            cases, reader, scope, stage=narrowing.stage, item=narrowing.item
        )
        rows = _narrowed(_rows(source, after, limit + 1), narrowing, found)
        page = list(islice(rows, limit + 1))
    shown = page[:limit]
    is_last = len(page) <= limit
    place = None if is_last else Place(shown[-1].position, shown[-1].case_id)
    return Cases(
        position=position, cases=shown, next=cursor_of(place) if place else None
    )


def _rows(
    source: Callable[..., Rows], after: After, batch: int
) -> Iterator[CaseListed]:
    """Row by row, read in batches."""
    while True:
        rows = source(limit=batch, after=after)
        for row in rows:
            after = After(position=row["position"], case_id=row["case_id"])
            yield CaseListed.model_validate(row)
        if len(rows) < batch:
            return
        batch = BATCH


def _narrowed(
    rows: Iterator[CaseListed], narrowing: Narrowing, found: list[OpenCase]
) -> Iterator[CaseListed]:
    """By tier, which is computed: no index knows it."""
    if narrowing.tier is None:
        yield from rows
        return
    of_tier = {each.case_id: each for each in found if each.tier is narrowing.tier}
    for row in rows:
        if known := of_tier.get(row.case_id):
            told = {"tier": known.tier, "remaining": known.remaining}
            yield row.model_copy(update=told)
