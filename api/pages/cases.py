"""The list behind every figure of a board: open cases, or those finished on a day."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from psycopg.errors import UndefinedTable

from api.dependencies import ServicesOf, SignedIn
from api.fields import Day, InstantQuery
from api.pages.board import LATER, UNAVAILABLE, UNBUILT, SeenOffice
from api.pages.cases_content import Wanted, case_list
from api.pages.language import _
from api.pages.rendering import page
from api.pages.routes import PageRoute, error_page
from infra.database import Role

router = APIRouter(route_class=PageRoute, include_in_schema=False)
MOST_PAGES = 10_000


class Look(StrEnum):
    """The tiers as they are shown; what has no certain limit is ``PENDING``."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    PENDING = "pending"


@router.get("/cases")
def show_cases(  # noqa: PLR0913, PLR0917  a list has its filters
    request: Request,
    office: SeenOffice,
    services: ServicesOf,
    account: SignedIn,
    tier: Look | None = None,
    post: UUID | None = None,
    day: Day | None = None,
    effective_at: InstantQuery = None,
    number: Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES)] = 1,
) -> Response:
    """Most urgent first; ``day`` shows what was finished then, the latest first."""
    wanted = Wanted(
        office=office, tier=tier, post=post, day=day, at=effective_at, page=number
    )
    try:
        with services.database.transaction(Role.READER) as cursor:
            listed = case_list(cursor, wanted, services.clock())
    except UndefinedTable:  # no projector has ever run on this log
        return error_page(request, UNAVAILABLE, _(UNBUILT), _(LATER))
    content = {"list": listed, "account": account}
    return page(request, "cases.html", content=content)
