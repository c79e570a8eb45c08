"""The outermost layer: correlation id, size limit, and what nobody expected."""

import re
import time
import traceback
from uuid import uuid4

import psycopg
import structlog
from eventsourcing.persistence import PersistenceError
from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import faults
from api.problems import problem

log = structlog.get_logger(__name__)

CORRELATION = "X-Correlation-Id"
CORRELATION_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")
MOST_BYTES = 256 * 1024
# Without its tables a view has not been begun: the projector is still to come.
UNAVAILABLE = (
    psycopg.OperationalError,
    psycopg.errors.UndefinedTable,
    PersistenceError,
)


class Edge:
    """Around the whole application; answers what no handler inside has answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = Exchange(scope, receive, send)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(correlation_id=exchange.correlation_id)
        try:
            if exchange.declares_too_much():
                await exchange.answer(faults.BodyIsTooLarge)
            else:
                await self._app(scope, exchange.receive, exchange.send)
        except Exception as error:
            _log_failure(error, exchange)
            if exchange.status:
                raise
            unavailable = isinstance(error, UNAVAILABLE)
            kind = faults.StoreIsUnavailable if unavailable else faults.SomethingFailed
            await exchange.answer(kind)
        finally:
            log.info("request", **exchange.summary())


class Exchange:
    """One request and its answer, as the edge sees them."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._headers, self._size = Headers(scope=scope), 0
        self._began, self.status = time.perf_counter(), 0
        given = self._headers.get(CORRELATION, "")
        is_fit = CORRELATION_ID.fullmatch(given)
        self.correlation_id = given if is_fit else str(uuid4())
        scope.setdefault("state", {})["correlation_id"] = self.correlation_id

    def declares_too_much(self) -> bool:
        length = self._headers.get("content-length", "")
        return length.isdecimal() and int(length[:20]) > MOST_BYTES

    async def receive(self) -> Message:
        """Stop reading a body that turns out longer than it may be."""
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > MOST_BYTES:
            raise faults.BodyIsTooLarge
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[CORRELATION] = self.correlation_id
            headers.setdefault("X-Content-Type-Options", "nosniff")
            if self._scope["path"].startswith("/api/"):
                headers.setdefault("Cache-Control", "no-store")
        await self._send(message)

    async def answer(self, kind: type[faults.Fault]) -> None:
        response = problem(Request(self._scope), kind)
        await response(self._scope, self.receive, self.send)

    def summary(self) -> dict[str, object]:
        """By the route's pattern: an address may name a person's id."""
        route = self._scope.get("route")
        return {
            "method": self._scope["method"],
            "route": getattr(route, "path", None),
            "status": self.status,
            "ms": round((time.perf_counter() - self._began) * 1000, 1),
        }


def _log_failure(error: Exception, exchange: Exchange) -> None:
    """Where it failed, not its message: a database's may quote a row."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    log.error(
        "request_failed",
        error=type(error).__name__,
        where=[f"{f.filename}:{f.lineno} {f.name}" for f in frames],
        method=exchange.summary()["method"],
    )
