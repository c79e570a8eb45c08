"""Replaying a case on a page: any step of it, as it then stood. Nothing is changed."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.dependencies import ServicesOf, SignedIn
from api.fields import is_fit
from api.pages.language import _
from api.pages.rendering import page
from api.pages.replay_content import View, replay_page
from api.pages.routes import PageRoute
from api.scope_of import require_case
from domain.calendar.due import SHANGHAI
from domain.case.refusals import CaseNotFound
from infra.case_at import Axis
from infra.replay_steps import Replayed, replayed
from infra.services import Services

router = APIRouter(route_class=PageRoute, include_in_schema=False)
SPEEDS = ((4000, "0.5×"), (2000, "1×"), (1000, "2×"), (500, "4×"))


class Asked(BaseModel):
    """Which step, by its number or by an instant in Shanghai's time, in which order."""

    event: int | None = None
    axis: Axis = "effective"
    at: str = Field("", max_length=40)


@router.get("/cases/{case_id}/replay")
def show_replay(
    request: Request,
    case_id: UUID,
    services: ServicesOf,
    account: SignedIn,
    asked: Annotated[Asked, Query()],
) -> Response:
    """The state after a step, the last one if none is told.

    A case out of scope is not found (R-904).
    """
    require_case(services, account, case_id)
    found = replayed(services.log, case_id, asked.axis)
    if found is None:
        raise CaseNotFound
    shown = _shown(found, asked, services)
    content = {"account": account, "case_id": case_id, "speeds": SPEEDS} | shown
    return page(request, "replay.html", content=content)


def _shown(found: Replayed, asked: Asked, services: Services) -> dict[str, object]:
    """Before the first step there is no state: the first step is shown, and told so."""
    at = _instant(asked.at)
    is_before = at is not None and found.number_at(at) == 0
    view = View(
        number=_number(found, asked.event, at),
        now=services.clock(),
        at=None if is_before else at,
    )
    return {
        "replay": replay_page(found, services.log, view),
        "asked_at": f"{at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M:%S}" if at else "",
        "notice": _notice(asked, at, len(found.events), is_before=is_before),
    }


def _notice(asked: Asked, at: datetime | None, total: int, *, is_before: bool) -> str:
    """What was asked for and is not what stands here; mostly empty."""
    if asked.at and at is None:
        return _("时刻写法不正确，请写成 2026-09-17T09:00。")
    if is_before:
        return _("那一时刻还没有这一办件，以下是首步。")
    if at is not None or asked.event is None or 1 <= asked.event <= total:
        return ""
    told = _("没有第 {number} 步，以下是首步。")
    if asked.event > total:
        told = _("没有第 {number} 步，以下是末步。")
    return told.format(number=asked.event)


def _number(found: Replayed, event: int | None, at: datetime | None) -> int:
    """Within what there is: a link to a step that never was leads to the nearest."""
    wanted = event if event is not None else len(found.events)
    if at is not None:
        wanted = found.number_at(at)
    return min(max(1, wanted), len(found.events))


def _instant(text: str) -> datetime | None:
    """As the browser's own field writes it: without an offset it is Shanghai's."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=SHANGHAI)
    try:
        return instant.astimezone(UTC) if is_fit(instant) else None
    except OverflowError:
        return None
