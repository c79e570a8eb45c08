"""A source for the hub that lies in memory, and a reader of its streams."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from api.live import LiveHub, Pace, Standing
from api.live_feed import Step

PACE = Pace(poll=0.01, rest=0.0, board=0.05, refresh=60.0, ping=60.0, steps=5)
SECONDS = 5


@dataclass
class MemorySource:
    """The log's steps are positions, each belonging to one scope."""

    scopes: list[str] = field(default_factory=list)
    problem: str | None = None
    boards: int = 0

    def add(self, *scopes: str) -> None:
        self.scopes.extend(scopes)

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def standing(self) -> Standing:
        position = len(self.scopes)
        return Standing(
            tracking=position,
            marks=(position,),
            at="2026-09-17T09:00:00+08:00",
            problem=self.problem,
        )

    def steps(self, scope: str, after: int, upto: int, limit: int) -> list[Step]:
        found = [
            Step(position=position, shown={"position": position})
            for position, of in enumerate(self.scopes, start=1)
            if of.startswith(scope) and after < position <= upto
        ]
        return found[:limit]

    def recent(self, scope: str, upto: int) -> list[Step]:
        return self.steps(scope, 0, upto, len(self.scopes))

    def board(self, scope: str) -> dict[str, Any]:
        self.boards += 1
        return {"open": sum(of.startswith(scope) for of in self.scopes)}


class GatedSource(MemorySource):
    """Draws no board before as many wait at ``gate`` as it wants."""

    gate = threading.Barrier(1)

    def board(self, scope: str) -> dict[str, Any]:
        self.gate.wait(SECONDS)
        return super().board(scope)


class LateSource(MemorySource):
    """Tells one standing late: what it had seen before ``late`` was set."""

    def __init__(self, scopes: list[str]) -> None:
        super().__init__(scopes)
        self.next, self.asked = threading.Event(), threading.Event()
        self.late: threading.Event | None = None

    def wait(self, seconds: float) -> None:
        self.next.wait(SECONDS)
        super().wait(seconds)

    def standing(self) -> Standing:
        seen, late, self.late = super().standing(), self.late, None
        if late is not None:
            self.asked.set()
            late.wait(SECONDS)
        return seen


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as a browser gets it."""

    event: str
    id: int | None
    data: Any


def parsed(text: str) -> list[Heard]:
    """Messages of complete blocks; a block without an event is none (retry, ping)."""
    messages = []
    for block in text.split("\n\n"):
        fields = dict(
            line.split(": ", 1) for line in block.splitlines() if line[0] != ":"
        )
        if "event" in fields:
            place = int(fields["id"]) if "id" in fields else None
            messages.append(Heard(fields["event"], place, json.loads(fields["data"])))
    return messages


class Viewer:
    """Keeps what one viewer of the hub has been sent."""

    def __init__(self, stream: AsyncIterator[bytes]) -> None:
        self._stream, self.text = stream, ""

    @property
    def heard(self) -> list[Heard]:
        return parsed(self.text)

    @property
    def steps(self) -> list[int | None]:
        return [message.id for message in self.heard if message.event == "step"]

    @property
    def last(self) -> int | None:
        """What a browser would send as ``Last-Event-ID``."""
        return next((m.id for m in reversed(self.heard) if m.id is not None), None)

    async def until(self, condition: Callable[["Viewer"], bool]) -> None:
        """Read on until ``condition`` holds."""
        async with asyncio.timeout(SECONDS):
            while not condition(self):
                self.text += (await anext(self._stream)).decode()


@asynccontextmanager
async def hub(source: MemorySource, pace: Pace = PACE) -> AsyncIterator[LiveHub]:
    running = LiveHub(source, pace)
    try:
        yield running
    finally:
        await running.close()
