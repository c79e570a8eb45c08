"""The hub of the live boards: reads the views once, speaks to all who watch.

One background task a process watches where the views stand. What is new is encoded
once a scope and kept in a ring; each viewer reads on from his own place, so a slow
one costs nothing, and one who fell off the ring gets a fresh snapshot.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from fastapi.sse import format_sse_event

from api.live_feed import NOTHING_YET, Feed, Place, Step, encoded

logger = structlog.get_logger()
RETRY = format_sse_event(retry=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the views have come: ``tracking`` is the one the steps come from.

    ``problem`` says in Chinese why they do not show the present, or is None;
    ``at`` is the log's clock, ISO 8601.
    """

    tracking: int
    marks: tuple[int, ...]
    at: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A standing, and the number of the look at the views that told it."""

    number: int
    standing: Standing


class Source(Protocol):
    """Where the hub reads. Calls block, so the hub makes them in threads."""

    def wait(self, seconds: float) -> None:
        """Return when a view has moved, or after ``seconds``."""

    def standing(self) -> Standing: ...

    def steps(self, scope: str, after: int, upto: int, limit: int) -> list[Step]:
        """Steps in (after, upto], oldest first, at most ``limit``."""

    def recent(self, scope: str, upto: int) -> list[Step]:
        """The latest steps up to ``upto``, oldest first: what a ticker shows."""

    def board(self, scope: str) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often the hub does what, in seconds; how many steps it keeps and replays.

    ``board``: the least time between two boards of a scope, so that what happens
    just after one is still on the next within a second. ``scopes`` are brought up
    to date at a time: each reads on a connection of its own.
    """

    poll: float = 0.25
    rest: float = 0.05
    board: float = 0.5
    refresh: float = 15.0
    ping: float = 15.0
    steps: int = 500
    scopes: int = 3


class LiveHub:
    """``viewer`` gives one viewer's stream; ``close`` ends them all."""

    def __init__(self, source: Source, pace: Pace | None = None) -> None:
        self._source, self._pace = source, pace or Pace()
        self._feeds: dict[str, Feed] = {}
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._pinged_at = float("-inf")
        self._problem: str | None = None
        self._looks = 0

    async def close(self) -> None:
        """End every stream and the watch; viewers will come back by themselves."""
        self._closed = True
        for feed in self._feeds.values():
            feed.wake()
        if self._task is not None:
            await self._task

    async def viewer(self, scope: str, last: int | None) -> AsyncIterator[bytes]:
        """Encoded messages for one viewer who has seen everything up to ``last``."""
        if self._task is None:
            self._task = asyncio.create_task(self._watch())
        feed = self._feeds.setdefault(scope, Feed(scope, self._pace.steps))
        feed.viewers += 1
        try:
            yield RETRY
            missed, place = await self._resume(feed, last)
            yield missed
            while not self._closed:
                tick = feed.tick
                if news := place.news(feed):
                    yield news
                await tick.wait()
        finally:
            feed.viewers -= 1
            if not feed.viewers:
                self._feeds.pop(scope, None)

    async def _resume(self, feed: Feed, last: int | None) -> tuple[bytes, Place]:
        """What was missed meanwhile, and from where to read on."""
        await self._advance(feed, await self._look())
        upto = feed.position
        if last is None or last < 0 or last > upto:
            return b"", Place(NOTHING_YET)
        if last >= feed.floor:
            return b"", Place(last)
        most = self._pace.steps
        steps = await asyncio.to_thread(
            self._source.steps, feed.scope, last, upto, most + 1
        )
        if len(steps) > most:
            return b"", Place(NOTHING_YET)
        return b"".join(step.encoded() for step in steps), Place(upto)

    async def _watch(self) -> None:
        nap = self._pace.poll
        while not self._closed:
            try:
                await asyncio.to_thread(self._source.wait, nap)
                nap = await self._turn()
            except Exception as error:  # noqa: BLE001  (the boards turn grey meanwhile)
                logger.warning("board_hub_failed", error=type(error).__name__)
                await asyncio.sleep(self._pace.board)
            await asyncio.sleep(self._pace.rest)

    async def _turn(self) -> float:
        """Tell everybody what is new; the seconds until something is due again."""
        if not self._feeds:
            return self._pace.poll
        look = await self._look()
        standing, feeds = look.standing, list(self._feeds.values())
        await self._advance_all(feeds, look)
        self._beat(feeds, standing)
        now, least = asyncio.get_running_loop().time(), self._pace.board
        due = [f.drawn_at + least - now for f in feeds if f.marks != standing.marks]
        return max(0.0, min([self._pace.poll, *due]))

    async def _look(self) -> Look:
        self._looks += 1
        number = self._looks
        return Look(number, await asyncio.to_thread(self._source.standing))

    async def _advance_all(self, feeds: list[Feed], look: Look) -> None:
        """Some scopes at a time; one that fails does not keep the others waiting."""
        turn = asyncio.Semaphore(self._pace.scopes)

        async def advance(feed: Feed) -> None:
            async with turn:
                await self._advance(feed, look)

        done = await asyncio.gather(*map(advance, feeds), return_exceptions=True)
        for fault in done:
            if isinstance(fault, BaseException):
                raise fault

    async def _advance(self, feed: Feed, look: Look) -> None:
        """Bring a scope up to ``look``: steps at once, the board at its pace."""
        standing = look.standing
        async with feed.lock:
            if look.number < feed.look:  # a later one was quicker
                return
            feed.look = look.number
            if await self._add_steps(feed, standing.tracking) and feed.board.number:
                feed.wake()  # the steps do not wait for the board
            if await self._draw(feed, standing):
                feed.wake()

    async def _add_steps(self, feed: Feed, upto: int) -> bool:
        if upto == feed.position and feed.board.number:
            return False
        scope, most = feed.scope, self._pace.steps
        is_fresh = feed.board.number == 0 or upto < feed.position  # or rebuilt
        if not is_fresh:
            steps = await asyncio.to_thread(
                self._source.steps, scope, feed.position, upto, most + 1
            )
            if len(steps) <= most:
                feed.add(steps, upto)
                return bool(steps)
        recent = await asyncio.to_thread(self._source.recent, scope, upto)
        feed.begin_at(upto, recent)
        return True

    async def _draw(self, feed: Feed, standing: Standing) -> bool:
        now = asyncio.get_running_loop().time()
        age = now - feed.drawn_at
        is_due = age >= self._pace.refresh or feed.marks != standing.marks
        if age < self._pace.board or not is_due:
            return False
        feed.drawn_at = now
        board = await asyncio.to_thread(self._source.board, feed.scope)
        feed.draw(board | {"problem": standing.problem})
        feed.marks = standing.marks
        return True

    def _beat(self, feeds: list[Feed], standing: Standing) -> None:
        """A sign of life that a page can see: comments are invisible to it."""
        now = asyncio.get_running_loop().time()
        is_due = now - self._pinged_at >= self._pace.ping
        if not is_due and standing.problem == self._problem:
            return
        self._pinged_at, self._problem = now, standing.problem
        data = {"at": standing.at, "problem": standing.problem}
        ping = b": ping\n" + encoded("ping", data, None)
        for feed in feeds:
            feed.beat(ping)
            feed.wake()
