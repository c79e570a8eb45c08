"""What the viewers of one scope are told: a ring of steps and the latest board."""

import asyncio
import json
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.sse import format_sse_event

NOTHING_YET = -1
TICKER_LINES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event of a case as the ticker shows it, at its place in the log."""

    position: int
    shown: dict[str, Any]

    def encoded(self) -> bytes:
        return encoded("step", self.shown, self.position)


@dataclass(frozen=True, slots=True)
class Message:
    """Encoded once for all. ``number`` tells whether a viewer has had it."""

    number: int = 0
    position: int = 0
    text: bytes = b""


class Feed:
    """One scope's messages. Steps after ``floor``, up to ``position``, are in the ring.

    ``marks`` is where the views stood when the board was drawn, ``drawn_at`` when
    that was (the event loop's seconds). ``look`` numbers the last look at the views.
    """

    def __init__(self, scope: str, ring: int) -> None:
        self.scope, self._size = scope, ring
        self.viewers = self.look = 0
        self.position = self.floor = 0
        self.ring: deque[tuple[int, bytes]] = deque()
        self.recent: deque[Step] = deque(maxlen=TICKER_LINES)
        self.board, self.ping = Message(), Message()
        self.marks: object = None
        self.drawn_at = float("-inf")
        self.tick = asyncio.Event()
        self.lock = asyncio.Lock()

    def begin_at(self, position: int, recent: Iterable[Step]) -> None:
        """Keep no step up to ``position``: whoever lacks some gets a snapshot.

        ``recent`` are the latest of them, oldest first, for the board to show.
        """
        self.ring.clear()
        self.recent.clear()
        self.recent.extend(recent)
        self.position = self.floor = position

    def add(self, steps: Sequence[Step], upto: int) -> None:
        self.ring.extend((step.position, step.encoded()) for step in steps)
        self.recent.extend(steps)
        while len(self.ring) > self._size:
            self.floor = self.ring.popleft()[0]
        self.position = upto

    def draw(self, board: dict[str, Any]) -> None:
        ticker = [step.shown for step in reversed(self.recent)]
        whole = board | {"position": self.position, "ticker": ticker}
        text = encoded("board", whole, self.position)
        self.board = Message(self.board.number + 1, self.position, text)

    def beat(self, ping: bytes) -> None:
        self.ping = Message(self.ping.number + 1, self.position, ping)

    def wake(self) -> None:
        """One event a tick wakes all viewers; the next tick has one of its own."""
        self.tick.set()
        self.tick = asyncio.Event()


@dataclass(slots=True)
class Place:
    """How far one viewer has read; ``NOTHING_YET`` asks for a snapshot."""

    position: int
    board: int = 0
    ping: int = 0

    def news(self, feed: Feed) -> bytes:
        """What he has not had, in the log's order; he has had it from then on."""
        parts = [] if self._is_lost(feed) else list(self._read_on(feed))
        if feed.ping.number > self.ping:
            self.ping = feed.ping.number
            parts.append(feed.ping.text)
        return b"".join(parts)

    def _is_lost(self, feed: Feed) -> bool:
        """Whether steps he lacks have left the ring, and no board makes up for it."""
        if self.position >= feed.floor:
            return False
        if feed.board.number == 0 or feed.board.position < feed.floor:
            return True
        self.position, self.board = feed.board.position, 0
        return False

    def _read_on(self, feed: Feed) -> Iterable[bytes]:
        parts = [(at, text) for at, text in feed.ring if at > self.position]
        if feed.board.number > self.board:
            parts.append((feed.board.position, feed.board.text))
        # The board among the steps: its id must not lead back behind one of them.
        parts.sort(key=lambda part: part[0])
        # Never backwards: views that are being rebuilt tell nobody twice.
        self.position = max(self.position, feed.position)
        self.board = feed.board.number
        return (text for _, text in parts)


def encoded(event: str, data: dict[str, Any], position: int | None) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    place = None if position is None else str(position)
    return format_sse_event(event=event, data_str=text, id=place)
