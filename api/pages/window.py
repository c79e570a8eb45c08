"""The clerk's work list: own open cases by remaining working time, and the search."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import RedirectResponse

from api.dependencies import ServicesOf
from api.pages.rendering import page
from api.pages.routes import SEE_OTHER, PageRoute
from api.pages.window_access import AtWindow, Visit
from api.pages.window_list import PAGE, case_of_number, figures_of, rows_of
from api.pages.window_steps_table import done_word
from api.scope_of import require_case
from api.waiting import ViewsAreBehind, reached
from domain.case.refusals import CaseNotFound
from infra.database import Role
from projections import deadlines
from projections.scope import Scope
from projections.warnings import OpenCase
from projections.worklist import own_open_cases

router = APIRouter(prefix="/window", route_class=PageRoute, include_in_schema=False)
WAIT = reached(deadlines.NAME)
MOST_PAGES = 10_000


async def _is_fresh(
    services: ServicesOf, after: Annotated[int, Query(ge=0, le=2**53)] = 0
) -> bool | None:
    """Whether the list shows what was just done; None if there is no list yet."""
    try:
        await WAIT(services, Response(), after=after, prefer="")
    except ViewsAreBehind as late:
        return False if late.behind.position else None
    return True


@dataclass(frozen=True, slots=True)
class Asked:
    """``number``: a case's number or a part of one; ``page`` counts from 1."""

    number: str
    page: int


def _asked(
    number: Annotated[str, Query(alias="no", max_length=60)] = "",
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
) -> Asked:
    return Asked(number.strip(), page)


@router.get("")
def show_list(
    visit: AtWindow,
    is_fresh: Annotated[bool | None, Depends(_is_fresh)],
    asked: Annotated[Asked, Depends(_asked)],
    done: Annotated[str, Query(max_length=30)] = "",
) -> Response:
    """A whole case number leads to the case; a part of one narrows the list."""
    if address := _address_of(visit, asked.number):
        return RedirectResponse(address, SEE_OTHER)
    found = [] if is_fresh is None else _own_cases(visit)
    narrowed = [each for each in found if asked.number in each.case_no]
    pages = max(1, -(-len(narrowed) // PAGE))
    current = min(asked.page, pages)
    shown = narrowed[(current - 1) * PAGE : current * PAGE]
    content = {
        "account": visit.account,
        "figures": figures_of(found),
        "rows": rows_of(shown, visit.services.log),
        "wanted": asked.number,
        "current": current,
        "pages": pages,
        "is_fresh": bool(is_fresh),
        "done": done_word(done),
    }
    return page(visit.request, "window.html", content=content)


def _own_cases(visit: Visit) -> list[OpenCase]:
    scope = Scope.of(visit.account.office_code)
    with visit.services.database.transaction(Role.READER) as cursor:
        return own_open_cases(cursor, scope, visit.officer, visit.now)


def _address_of(visit: Visit, number: str) -> str:
    """Of a case of the clerk's scope, finished ones too; else empty."""
    case_id = case_of_number(visit.services.log, number)
    if case_id is None:
        return ""
    try:
        require_case(visit.services, visit.account, case_id)
    except CaseNotFound:
        return ""
    return f"/window/cases/{case_id}"
