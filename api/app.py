"""The HTTP application: routers, handlers and the edge around them."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol, cast

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, FastAPI, Request, Response
from starlette.exceptions import HTTPException

from api import (
    calendars,
    case_lists,
    case_steps,
    cases,
    health,
    items,
    notices,
    officers,
    offices,
    pages,
    parties,
    party_search,
    policies,
    posts,
    problem_pages,
    problems,
    rating_links,
    sign_in,
    view_efficiency,
    view_paths,
    view_status,
    view_tracking,
    view_warnings,
)
from api.contract import describe, methods_at
from api.edge import Edge
from api.pages.routes import error_page
from api.tokens import Tokens, WallClock, real_time
from api.waiting import ViewsAreBehind, on_behind
from api.writing import PREFIX
from infra.services import Services

VERSION, NOT_ALLOWED = "1", 405
RESOURCES: tuple[APIRouter, ...] = (
    sign_in.router,
    case_lists.router,
    cases.router,
    case_steps.router,
    notices.router,
    rating_links.router,
    offices.router,
    parties.router,
    party_search.router,
    items.router,
    officers.router,
    posts.router,
    calendars.router,
    policies.router,
    view_warnings.router,
    view_tracking.router,
    view_efficiency.router,
    view_paths.router,
    view_status.router,
)
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


class SignIn(Protocol):
    """An account that the sign-in page offers, in a demonstration only."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def password(self) -> str: ...


def create_app(
    services: Services,
    *,
    sign_ins: Sequence[SignIn] = (),
    wall_clock: WallClock = real_time,
) -> FastAPI:
    """The application on ``services``; views may be kept by another process."""
    app = assemble()
    app.state.services = services
    app.state.sign_ins = tuple(sign_ins)
    key, hours = services.keys.token, services.settings.token_hours
    app.state.tokens = Tokens(key, hours, wall_clock)
    return app


def assemble() -> FastAPI:
    """Routes, handlers and edge alone: enough to describe, not to answer."""
    app = FastAPI(
        version=VERSION,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    for resource in RESOURCES:
        app.include_router(resource, prefix=PREFIX)
    app.include_router(problem_pages.router)
    app.include_router(health.router)
    app.include_router(pages.router)
    problems.install(app)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(ViewsAreBehind, on_behind)
    app.add_middleware(Edge)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


async def on_http(request: Request, error: Exception) -> Response:
    """A browser that strays gets a page, everybody else a problem document."""
    fault = cast("HTTPException", error)
    strays = "text/html" in request.headers.get("accept", "")
    if strays and not request.url.path.startswith("/api/"):
        return error_page(request, fault.status_code)
    if fault.status_code == NOT_ALLOWED:
        methods = methods_at(request.app, request.url.path)
        fault.headers = {"Allow": ", ".join(methods)} if methods else fault.headers
    return await problems.on_http(request, fault)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    # More threads than connections would only wait for each other.
    current_default_thread_limiter().total_tokens = services.settings.pool_size
    yield
