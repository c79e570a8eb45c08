"""Turning a template into a page: one environment, one set of security headers."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages.formats import local_day, local_instant, local_time

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
    environment.globals["asset"] = asset
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
    content: Mapping[str, object] = MappingProxyType({}),
) -> HTMLResponse:
    """The page; every one says so if the log is a simulated one."""
    simulated = request.app.state.services.simulated
    html = ENVIRONMENT.get_template(template).render(
        content, simulated=simulated, status=status
    )
    return HTMLResponse(html, status, headers=HEADERS)
