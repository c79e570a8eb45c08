"""Reading views not before they have reached a position: an answer or 202, no guess."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Annotated, Literal

from fastapi import Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from api.dependencies import ServicesOf
from api.writing import POSITION
from infra.database import Database, Role
from projections.arrivals import Arrivals, arrivals_of
from projections.standing import Standing, read_standings

ACCEPTED = 202
USUAL_SECONDS, MOST_SECONDS = 1.0, 10.0
WAIT = re.compile(r"(?:^|[,;\s])wait=([0-9]{1,6})(?:$|[,;\s])")
After = Annotated[
    int,
    Query(
        ge=0,
        le=2**53,
        description="Position of a write: the answer shows its effect, or is 202 if"
        " the views have not come that far in time.",
    ),
]
Prefer = Annotated[str, Header(description="`wait=SECONDS`, 10 at most; usually 1.")]
Wait = Callable[..., Awaitable[int]]


class Behind(BaseModel):
    """The views have not come that far; ask again, nothing is wrong."""

    status: Literal["behind"] = "behind"
    position: int
    wanted: int


class ViewsAreBehind(Exception):
    """Raised instead of an answer; told as 202."""

    def __init__(self, position: int, wanted: int) -> None:
        super().__init__(wanted)
        self.behind = Behind(position=position, wanted=wanted)


async def on_behind(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ViewsAreBehind)  # noqa: S101  by registration
    behind = error.behind
    headers = {POSITION: str(behind.position), "Retry-After": "1"}
    return JSONResponse(behind.model_dump(), ACCEPTED, headers)


def reached(*names: str) -> Wait:
    """A dependency: the position that all the views ``names`` have reached.

    It holds no thread while it waits.
    """

    async def wait(
        services: ServicesOf,
        response: Response,
        after: After = 0,
        prefer: Prefer = "",
    ) -> int:
        end = time.monotonic() + _seconds(prefer)
        arrivals = arrivals_of(services.database)
        while True:
            seen = arrivals.count
            standings = await run_in_threadpool(standings_of, services.database)
            position = _position(standings, names)
            if position is not None and position >= after:
                response.headers[POSITION] = str(position)
                return position
            left = end - time.monotonic()
            if left <= 0:
                raise ViewsAreBehind(position or 0, after)
            await _news(arrivals, seen, left)

    return wait


async def _news(arrivals: Arrivals, seen: int, seconds: float) -> None:
    """Until a view has moved since ``seen``, or it has been ``seconds``."""
    loop = asyncio.get_running_loop()
    woken = asyncio.Event()
    arrivals.call(seen, lambda: _wake(loop, woken))
    with suppress(TimeoutError):
        await asyncio.wait_for(woken.wait(), seconds)


def _wake(loop: asyncio.AbstractEventLoop, woken: asyncio.Event) -> None:
    """From the projector's thread; whoever waited may have gone with his loop."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(woken.set)


def standings_of(database: Database) -> list[Standing]:
    with database.transaction(Role.READER) as cursor:
        return read_standings(cursor)


def _position(standings: Sequence[Standing], names: Sequence[str]) -> int | None:
    """What all have reached; None if one of them was never begun.

    Of two versions of a view, as while it is rebuilt, the newer is read.
    """
    latest = {each.name: each.position for each in standings}
    if any(name not in latest for name in names):
        return None
    return min(latest[name] for name in names)


def _seconds(prefer: str) -> float:
    wished = WAIT.search(prefer)
    return min(float(wished[1]), MOST_SECONDS) if wished else USUAL_SECONDS
