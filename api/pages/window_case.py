"""One case at the window: where it stands, and only what may be done with it now."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.pages.rating_qr import AddressIsTooLong, QrCode, qr_code
from api.pages.rendering import page
from api.pages.routes import PageRoute
from api.pages.window_access import AtWindow, Visit
from api.pages.window_case_content import case_shown
from api.pages.window_desk import CaseAtDesk, case_at_desk
from api.pages.window_steps_table import done_word
from api.rating_links import rating_link

router = APIRouter(
    prefix="/window/cases", route_class=PageRoute, include_in_schema=False
)


@router.get("/{case_id}")
def show_case(
    case_id: UUID,
    visit: AtWindow,
    done: Annotated[str, Query(max_length=30)] = "",
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> Response:
    """Facts, materials, next steps; once it is over, the link for its rating."""
    desk = case_at_desk(visit, case_id)
    rating = _rating_address(visit, desk)
    content = {
        "account": visit.account,
        "case": case_shown(desk),
        "done": done_word(done),
        "after": after,
        "rating": rating,
        "qr": _qr(rating) if rating else None,
        "is_rated": desk.case.rating is not None,
    }
    return page(visit.request, "window_case.html", content=content)


def _rating_address(visit: Visit, desk: CaseAtDesk) -> str:
    """Whole, as a telephone needs it; empty while there is nothing to rate (R-303)."""
    case = desk.case
    if case.case_id is None or not (desk.may_be_rated or case.rating):
        return ""
    path = rating_link(visit.services.keys, case.case_id)
    return str(visit.request.base_url).rstrip("/") + path


def _qr(address: str) -> QrCode | None:
    """None where the site's own name is too long for a code: the text must do."""
    try:
        return qr_code(address)
    except AddressIsTooLong:
        return None
