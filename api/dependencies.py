"""What a route may ask for: services, the caller, and the present instant."""

from datetime import datetime
from typing import Annotated

import structlog
from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from api.faults import BodyIsNotJson, NotSignedIn
from api.tokens import COOKIE, Tokens
from domain.authority import Role, RoleMayNot
from infra.accounts import Account
from infra.event_log import EventLog
from infra.services import Services

READING = {"GET", "HEAD"}
BEARER = HTTPBearer(auto_error=False, description="Token of POST /api/v1/tokens.")
SESSION = APIKeyCookie(
    name=COOKIE, auto_error=False, description="The same token, as pages keep it."
)


def services_of(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def log_of(request: Request) -> EventLog:
    return services_of(request).log


def tokens_of(request: Request) -> Tokens:
    tokens: Tokens = request.app.state.tokens
    return tokens


async def signed_in(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
    session: Annotated[str | None, Depends(SESSION)],
) -> Account:
    """Who calls. Async, so that what it binds reaches the log lines of the route."""
    token = bearer.credentials if bearer else session
    if not token:
        raise NotSignedIn({"WWW-Authenticate": "Bearer"})
    account = tokens_of(request).account(token)
    if account.role is Role.EVALUATOR and request.method in READING:
        # A device in the hall: whoever stands before it is nobody.
        raise RoleMayNot(role=account.role, command="read")
    structlog.contextvars.bind_contextvars(actor=account.name)
    return account


async def json_only(request: Request) -> None:
    """A body is JSON or is not read at all."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind.strip().lower() != "application/json":
        raise BodyIsNotJson


def _now(services: Annotated[Services, Depends(services_of)]) -> datetime:
    return services.clock()


ServicesOf = Annotated[Services, Depends(services_of)]
LogOf = Annotated[EventLog, Depends(log_of)]
TokensOf = Annotated[Tokens, Depends(tokens_of)]
SignedIn = Annotated[Account, Depends(signed_in)]
Now = Annotated[datetime, Depends(_now)]
JsonOnly = Depends(json_only)
