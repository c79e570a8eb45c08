"""The page of one case, read from the log itself: never behind a write."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.dependencies import Now, ServicesOf, SignedIn
from api.pages.case_clocks import DAYS_OF_WEEK
from api.pages.case_content import case_page
from api.pages.rendering import page
from api.pages.routes import PageRoute
from api.scope_of import require_case
from domain.case.refusals import CaseNotFound
from infra.replay import as_it_stands

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/cases/{case_id}")
def show_case(
    request: Request, case_id: UUID, services: ServicesOf, account: SignedIn, now: Now
) -> Response:
    """State, limits and timeline; a case out of scope is not found (R-904)."""
    require_case(services, account, case_id)
    found = as_it_stands(services.log, case_id, now)
    if found is None:
        raise CaseNotFound
    content = {
        "account": account,
        "case_id": case_id,
        "case": case_page(found, services.log),
        "weekdays": DAYS_OF_WEEK,
    }
    return page(request, "case.html", content=content)
