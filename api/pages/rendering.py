"""Turning a template into a page: one environment, one set of security headers."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages.formats import local_day, local_instant, local_time
from api.pages.inbox_counts import unread_count
from api.pages.language import (
    LANGUAGES,
    _,
    current,
    in_figures,
    language_of,
    speaking,
)
from infra.accounts import Account
from infra.services import Services

HERE = Path(__file__).parent.parent
STATIC = HERE / "static"
OK = 200
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
        " base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@cache
def asset(name: str) -> str:
    """The address of a static file; another content has another address."""
    digest = sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "_": _,
        "asset": asset,
        "in_figures": in_figures,
        "language": current,
        "languages": LANGUAGES,
    }
    environment.filters |= {
        "time": local_time,
        "instant": local_instant,
        "day": local_day,
    }
    return environment


ENVIRONMENT = _environment()


def page(
    request: Request,
    template: str,
    status: int = OK,
    content: Mapping[str, Any] = MappingProxyType({}),
) -> HTMLResponse:
    """The page; every one says so if the log is a simulated one."""
    services: Services = request.app.state.services
    account = content.get("account")  # a name only, where somebody signs in
    told = {
        "simulated": services.simulated,
        "status": status,
        "unread": _unread(services, account),
        "here": address_of(request),
    }
    with speaking(language_of(request)):
        html = ENVIRONMENT.get_template(template).render(told | dict(content))
    return HTMLResponse(html, status, headers=HEADERS)


def _unread(services: Services, account: object) -> int:
    return unread_count(services, account) if isinstance(account, Account) else 0


def address_of(request: Request) -> str:
    """Path and query: where to come back to."""
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")
