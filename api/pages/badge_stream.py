"""The stream behind the badge: how many notices of an office nobody has read.

One background task a process counts for all offices that somebody watches, and only
when the inbox has moved. What is new is encoded once for all viewers of an office.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from fastapi.sse import format_sse_event

logger = structlog.get_logger()
RETRY = format_sse_event(retry=3000)
PING = b": ping\n\n"
Counts = Callable[[Sequence[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgePace:
    """Seconds between two looks, and between two signs of life."""

    look: float = 0.5
    ping: float = 15.0


class Watched:
    """One office's count as its viewers are told it; ``number`` grows with each."""

    def __init__(self) -> None:
        self.viewers = 0
        self.count: int | None = None
        self.number, self.text = 0, b""

    def tell(self, count: int) -> bool:
        """Whether it is news."""
        if count == self.count:
            return False
        data = json.dumps({"unread": count})
        self.count, self.number = count, self.number + 1
        self.text = format_sse_event(event="badge", data_str=data)
        return True


class BadgeHub:
    """``viewer`` gives one viewer's stream; ``close`` ends them all."""

    def __init__(self, counts: Counts, pace: BadgePace | None = None) -> None:
        self._counts, self._pace = counts, pace or BadgePace()
        self._watched: dict[str, Watched] = {}
        self._tick = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._pings, self._pinged_at = 0, 0.0
        self._closed = False

    async def close(self) -> None:
        self._closed = True
        self._wake()
        if self._task is not None:
            await self._task

    async def viewer(self, office: str) -> AsyncIterator[bytes]:
        """The count at once, then again whenever it changes, and pings."""
        if self._task is None:
            self._task = asyncio.create_task(self._watch())
        watched = self._watched.setdefault(office, Watched())
        watched.viewers += 1
        number, pings = 0, self._pings
        try:
            yield RETRY
            while not self._closed:
                tick = self._tick
                if watched.number > number:
                    number = watched.number
                    yield watched.text
                elif self._pings > pings:
                    yield PING
                pings = self._pings
                await tick.wait()
        finally:
            watched.viewers -= 1
            if not watched.viewers and self._watched.get(office) is watched:
                del self._watched[office]

    async def _watch(self) -> None:
        while not self._closed:
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001  (told again at the next look)
                logger.warning("badges_not_counted", error=type(error).__name__)
            await asyncio.sleep(self._pace.look)

    async def _look(self) -> None:
        if not self._watched:
            return
        counts = await asyncio.to_thread(self._counts, tuple(self._watched))
        known = [(w, counts[o]) for o, w in self._watched.items() if o in counts]
        is_news = [watched.tell(count) for watched, count in known]
        now = asyncio.get_running_loop().time()
        is_due = now - self._pinged_at >= self._pace.ping
        if is_due:
            self._pings, self._pinged_at = self._pings + 1, now
        if is_due or any(is_news):
            self._wake()

    def _wake(self) -> None:
        self._tick.set()
        self._tick = asyncio.Event()
