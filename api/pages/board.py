"""The warning board: a page that stands without scripts, and the stream it lives by."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from fastapi.sse import EventSourceResponse
from psycopg.errors import UndefinedTable

from api.dependencies import ServicesOf, SignedIn
from api.fields import OFFICE, InstantQuery
from api.live import LiveHub
from api.pages.board_reading import frozen_board, live_board, ticker
from api.pages.board_rows import short_name
from api.pages.board_source import BoardSource, board_version, scope_key
from api.pages.board_trend import KeptTrends
from api.pages.cases_address import board_address
from api.pages.language import N_, _, language_of
from api.pages.rendering import page
from api.pages.routes import PageRoute, error_page
from api.scope_of import require_office
from domain.office.codes import DivisionCode
from domain.office.decisions import OfficeNotFound
from infra.accounts import Account
from infra.database import Role
from infra.services import Services
from infra.subjects import streams
from projections import offices
from projections.view import ReadCursor

UNAVAILABLE = 503
UNBUILT, LATER = N_("看板数据尚未建立"), N_("请稍后刷新。")
MOST_DIGITS = 18
STREAM_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """The hub of this process; ``api.serving`` closes it earlier where it can."""
    app.state.trends = KeptTrends()
    source = BoardSource(app.state.services, app.state.trends)
    app.state.live = LiveHub(source)
    try:
        yield
    finally:
        await app.state.live.close()
        source.close()


router = APIRouter(lifespan=lifespan, include_in_schema=False)
pages = APIRouter(route_class=PageRoute, include_in_schema=False)


OwnOfficeQuery = Annotated[str | None, Query(pattern=OFFICE)]


def seen_office(
    services: ServicesOf, account: SignedIn, office: OwnOfficeQuery = None
) -> str:
    """An office of the account's scope that exists (R-904); unnamed, its own."""
    office = office or account.office_code
    require_office(account, office)
    if not services.log.stream(streams.office_stream(office)):
        raise OfficeNotFound(code=office)
    return office


SeenOffice = Annotated[str, Depends(seen_office)]


@pages.get("/board")
def show_board(
    request: Request,
    office: SeenOffice,
    account: SignedIn,
    effective_at: InstantQuery = None,
) -> Response:
    """The board now, or as of ``effective_at`` and then without a stream."""
    try:
        content = _read_board(request, office, account, effective_at)
    except UndefinedTable:  # no projector has ever run on this log
        return error_page(request, UNAVAILABLE, _(UNBUILT), _(LATER))
    return page(request, "board.html", content=content)


def _read_board(
    request: Request, office: str, account: Account, at: datetime | None
) -> dict[str, object]:
    services: Services = request.app.state.services
    trends: KeptTrends = request.app.state.trends
    now = services.clock()
    with services.database.transaction(Role.READER) as cursor:
        if at is None:
            past = trends.past(cursor, office, now)
            board = live_board(cursor, office, now, past)
        else:
            board = frozen_board(cursor, office, at)
        return {
            "board": board,
            "account": account,
            "ticker": ticker(cursor, board),
            "above": _above(cursor, office, account.office_code, at),
            "version": board_version(),
        }


def _above(
    cursor: ReadCursor, office: str, own: str, at: datetime | None
) -> list[tuple[str, str]]:
    """Address and name of each office above, from the account's own down (R-904)."""
    codes: list[str] = []
    parent = DivisionCode(office).parent
    while parent is not None and DivisionCode(own).covers(parent):
        codes.insert(0, parent.digits)
        parent = parent.parent
    named = offices.names(cursor, codes)
    return [
        (board_address(code, at), short_name(named.get(code, code))) for code in codes
    ]


@router.get("/board/stream")
async def follow_board(
    request: Request,
    office: SeenOffice,
    after: Annotated[int | None, Query(ge=0)] = None,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    """Steps and boards as server-sent events; ids are positions of the log."""
    hub: LiveHub = request.app.state.live
    scope = scope_key(office, language_of(request))
    stream = hub.viewer(scope, _position(last_event_id, after))
    return EventSourceResponse(stream, headers=STREAM_HEADERS)


def _position(last_event_id: str | None, after: int | None) -> int | None:
    """The browser's word first: the address is that of the first connection."""
    if last_event_id is None:
        return after
    is_position = last_event_id.isdecimal() and len(last_event_id) <= MOST_DIGITS
    return int(last_event_id) if is_position else None


router.include_router(pages)
