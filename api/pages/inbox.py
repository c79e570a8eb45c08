"""The inbox of an office: what it was told, and that somebody has read it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from functools import partial
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, FastAPI, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.sse import EventSourceResponse
from psycopg.errors import UndefinedTable

from api.dependencies import ServicesOf, SignedIn
from api.notices import InboxOffice, reading, seen_notice
from api.pages.addresses import local_path
from api.pages.badge_stream import BadgeHub
from api.pages.inbox_content import inbox_shown
from api.pages.inbox_counts import counts_of, unread_count
from api.pages.language import N_, _
from api.pages.rendering import page
from api.pages.routes import SEE_OTHER, PageRoute, error_page
from api.pages.sign_in import OWN_FORM
from api.scope_of import require_case
from api.writing import Write
from infra.accounts import Account
from infra.database import Role
from infra.services import Services
from projections.inbox import NAME
from projections.runner import wait_for

UNAVAILABLE = 503
UNBUILT, LATER = N_("收件箱数据尚未建立"), N_("请稍后刷新。")
STREAM_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
WAIT_SECONDS = 1.0


class Show(StrEnum):
    UNREAD = "unread"
    ALL = "all"


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """The badges' hub of this process; ``api.serving`` closes it earlier."""
    app.state.badges = BadgeHub(partial(counts_of, app.state.services))
    try:
        yield
    finally:
        await app.state.badges.close()


router = APIRouter(lifespan=lifespan, include_in_schema=False)
pages = APIRouter(route_class=PageRoute, include_in_schema=False)


@pages.get("/inbox")
def show_inbox(  # noqa: PLR0913, PLR0917  a list has its filters
    request: Request,
    services: ServicesOf,
    account: SignedIn,
    office: InboxOffice,
    show: Show = Show.UNREAD,
    after: Annotated[int | None, Query(ge=0, le=2**62)] = None,
) -> Response:
    """What nobody has read yet, or everything; newest first."""
    only_unread = show is Show.UNREAD
    try:
        with services.database.transaction(Role.READER) as cursor:
            shown = inbox_shown(cursor, account, office, after, only_unread=only_unread)
    except UndefinedTable:  # no projector has ever run on this log
        return error_page(request, UNAVAILABLE, _(UNBUILT), _(LATER))
    content = {
        "account": account,
        "inbox": shown,
        "show": show,
        "after": after,
        "unread": unread_count(services, account),
    }
    return page(request, "inbox.html", content=content)


@pages.post("/inbox/{notice_id}/open", dependencies=[OWN_FORM])
def open_notice(
    request: Request, notice_id: UUID, services: ServicesOf, account: SignedIn
) -> Response:
    """Whoever opens a notice of his own office has read it; then to the case."""
    sent = seen_notice(services, account, notice_id)
    require_case(services, account, sent.case_id)  # what cannot be shown is not read
    _read(request, services, account, notice_id)
    return RedirectResponse(f"/cases/{sent.case_id}", SEE_OTHER)


@pages.post("/inbox/{notice_id}/read", dependencies=[OWN_FORM])
def mark_read(
    request: Request,
    notice_id: UUID,
    services: ServicesOf,
    account: SignedIn,
    back: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Read without opening; back to where the form was."""
    seen_notice(services, account, notice_id)
    _read(request, services, account, notice_id)
    own = f"/inbox?{urlencode({'office': account.office_code})}"
    return RedirectResponse(local_path(back) if back else own, SEE_OTHER)


@router.get("/inbox/stream")
async def follow_badge(request: Request, office: InboxOffice) -> Response:
    """The unread count of an inbox as server-sent events ``badge``."""
    hub: BadgeHub = request.app.state.badges
    return EventSourceResponse(hub.viewer(office), headers=STREAM_HEADERS)


def _read(
    request: Request, services: Services, account: Account, notice_id: UUID
) -> None:
    """The page that follows shows it: the view is waited for, though not for long."""
    write = Write(
        services=services,
        account=account,
        key=f"read-{notice_id}",
        expected=None,
        correlation_id=request.state.correlation_id,
        now=services.clock(),
        response=Response(),
        channel="inbox",
    )
    written = write.do(reading(notice_id, write))
    wait_for(services.database, written.position, [NAME], WAIT_SECONDS)


router.include_router(pages)
