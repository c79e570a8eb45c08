"""Refusals and faults as application/problem+json (RFC 9457)."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

import infra.subjects.routing  # noqa: F401  every subject's refusals are then known
from api import faults
from api.faults import FAULTS, Fault
from api.invalid import fault_of_header, told_of
from api.statuses import STATUS
from domain.rejections import Fact, Rejection

MEDIA_TYPE = "application/problem+json"
OF_STATUS: dict[int, type[Fault]] = {
    400: faults.BodyIsMalformed,
    404: faults.NoSuchRoute,
    405: faults.MethodIsNotAllowed,
    413: faults.BodyIsTooLarge,
}
Reason = type[Rejection] | type[Fault]

__all__ = ["STATUS", "install", "problem", "reasons", "status_of"]


def status_of(reason: Reason) -> int:
    """The HTTP status of a reason, whichever of the two kinds it is."""
    return reason.status if issubclass(reason, Fault) else STATUS[reason.code]


def reasons() -> dict[str, Reason]:
    """Every reason this program may give, by code, in the order of codes."""
    found: dict[str, Reason] = {**_refusals(Rejection), **FAULTS}
    return dict(sorted(found.items()))


def problem(  # noqa: PLR0913  what a document has
    request: Request,
    reason: Reason,
    *,
    facts: Mapping[str, Fact] | None = None,
    errors: Sequence[Mapping[str, str]] | None = None,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """One problem document; ``instance`` is the path alone, without its query."""
    status = status or status_of(reason)
    content: dict[str, Any] = {
        "type": f"/problems/{reason.code}",
        "title": reason.title,
        "status": status,
        "code": reason.code,
        "rule": reason.rule,
        "detail": _detail(reason, facts or {}),
        "remedy": reason.remedy,
        "facts": dict(facts or {}),
        "instance": request.url.path,
        "correlation_id": getattr(request.state, "correlation_id", ""),
    }
    if errors is not None:
        content["errors"] = list(errors)
    return JSONResponse(content, status, dict(headers or {}), MEDIA_TYPE)


async def on_rejection(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Rejection)  # noqa: S101  by registration
    return problem(request, type(error), facts=error.facts)


async def on_invalid(request: Request, error: Exception) -> JSONResponse:
    """What pydantic found, without what was sent: that may be personal."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  by registration
    found = error.errors()
    if any(each["type"] == "json_invalid" for each in found):
        return problem(request, faults.BodyIsMalformed)
    for each in found:
        if of_header := fault_of_header(each):
            return problem(request, of_header)
    in_body = any(each["loc"][0] == "body" for each in found)
    reason = faults.BodyIsInvalid if in_body else faults.ParameterIsInvalid
    return problem(request, reason, errors=[told_of(each) for each in found])


async def on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101  by registration
    if isinstance(error, Fault):
        return problem(
            request, type(error), facts=error.facts, headers=error.headers or {}
        )
    reason = OF_STATUS.get(error.status_code, faults.RequestIsRefused)
    return problem(
        request, reason, status=error.status_code, headers=error.headers or {}
    )


def install(app: FastAPI) -> None:
    """One handler a kind; ``on_http`` is installed by the application."""
    app.add_exception_handler(Rejection, on_rejection)
    app.add_exception_handler(RequestValidationError, on_invalid)


def _detail(reason: Reason, facts: Mapping[str, Fact]) -> str:
    told = "，".join(f"{name}：{value}" for name, value in facts.items())
    return f"{reason.title}（{told}）" if told else reason.title


def _refusals(kind: type[Rejection]) -> dict[str, type[Rejection]]:
    found = {kind.code: kind} if "code" in vars(kind) else {}
    for sub in kind.__subclasses__():
        found |= _refusals(sub)
    return found
