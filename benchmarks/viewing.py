"""Many viewers of one live board in one process: what each was sent, and when.

Raw sockets and hardly any parsing: the viewers must not be what is measured.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, cast

import uvloop

AT_ONCE = 25
CUT_SECONDS = 3.0
Published = list[tuple[int, float, float]]
EVENT, ID, END = b"event: ", b"\nid: ", b"\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    port: int
    path: str
    token: str

    def request(self, last: int) -> bytes:
        """``last`` 0: nothing seen yet."""
        lines = [
            f"GET {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Authorization: Bearer {self.token}",
            "Accept: text/event-stream",
        ]
        if last:
            lines.append(f"Last-Event-ID: {last}")
        return "\r\n".join([*lines, "", ""]).encode()


@dataclass(slots=True)
class Seen:
    """Ids and instants (monotonic) of steps and boards in the order they came."""

    steps: list[tuple[int, float]] = field(default_factory=list)
    boards: list[tuple[int, float]] = field(default_factory=list)
    board_bytes: int = 0
    last: int = 0
    went_back: int = 0


class Viewer(asyncio.Protocol):
    """One connection of one viewer; ``seen`` outlives it."""

    def __init__(self, address: Address, seen: Seen) -> None:
        self._address, self.seen, self._rest = address, seen, b""
        self.begun, self.is_lost = asyncio.Event(), False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._address.request(self.seen.last))

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        *messages, self._rest = (self._rest + data).split(END)
        for message in messages:
            self._message(message, now)

    def connection_lost(self, _: Exception | None) -> None:
        self.is_lost = True

    def _message(self, message: bytes, now: float) -> None:
        begin = message.find(EVENT, 0, 200)
        end = message.rfind(ID)
        if begin < 0 or end < 0:
            return
        self.begun.set()
        position, seen = int(message[end + len(ID) :]), self.seen
        seen.went_back += position < seen.last
        seen.last = position
        if message[begin + len(EVENT)] == ord("s"):
            seen.steps.append((position, now))
        else:
            seen.boards.append((position, now))
            seen.board_bytes = len(message)


def watch(address: Address, viewers: int, cut_after: float, told: Connection) -> None:
    """Say when all are there; on any word from ``told``, send what they have seen."""
    uvloop.run(_watch(address, viewers, cut_after, told))


async def _watch(
    address: Address, viewers: int, cut_after: float, told: Connection
) -> None:
    turn = asyncio.Semaphore(AT_ONCE)

    async def come(seen: Seen) -> Viewer:
        async with turn:
            return await _connect(address, seen)

    connected = await asyncio.gather(*(come(Seen()) for _ in range(viewers)))
    told.send("all are there")
    cut = asyncio.create_task(_cut(address, connected[0], cut_after))
    await asyncio.to_thread(told.recv)
    again = await cut
    lost = sum(viewer.is_lost for viewer in [again, *connected[1:]])
    told.send(([viewer.seen for viewer in connected], lost))


async def _connect(address: Address, seen: Seen) -> Viewer:
    loop = asyncio.get_running_loop()
    _, viewer = await loop.create_connection(
        lambda: Viewer(address, seen), "127.0.0.1", address.port
    )
    await viewer.begun.wait()
    return viewer


async def _cut(address: Address, viewer: Viewer, after: float) -> Viewer:
    """The first viewer loses his connection and comes back as a browser does."""
    await asyncio.sleep(after)
    if viewer.transport is not None:
        viewer.transport.abort()
    await asyncio.sleep(CUT_SECONDS)
    return await _connect(address, viewer.seen)


def told(published: Published, seen: Sequence[Seen], warm: int = 5) -> dict[str, Any]:
    """The figures; latencies without those of the viewer who was cut off."""
    positions = [position for position, _, _ in published]
    whole = [
        [at for at, _ in one.steps if at >= positions[0]] == positions for one in seen
    ]
    steady, since = seen[1:], published[warm:]
    return {
        "published": len(published),
        "viewers_with_every_step_once_in_order": sum(whole),
        "the_cut_one_too": whole[0],
        "ids_going_back": sum(one.went_back for one in seen),
        "board_bytes": seen[0].board_bytes,
        "step_ms_since_recorded": _spread(_steps(steady, since)),
        "step_ms_since_asked": _spread(_steps(steady, since, asked=True)),
        "board_ms_since_recorded": _spread(_boards(steady, since)),
    }


def _steps(
    seen: Sequence[Seen], published: Published, *, asked: bool = False
) -> list[float]:
    begun = {position: a if asked else b for position, a, b in published}
    return [
        at - begun[position]
        for one in seen
        for position, at in one.steps
        if position in begun
    ]


def _boards(seen: Sequence[Seen], published: Published) -> list[float]:
    """Until the first board that shows it."""
    late = []
    for one in seen:
        boards = iter(one.boards)
        shown, at = next(boards)
        for position, _, recorded in published:
            while shown < position:
                shown, at = next(boards, (position, float("inf")))
            late.append(at - recorded)
    return late


def _spread(late: Sequence[float]) -> dict[str, float]:
    """In milliseconds."""
    ordered = [round(1000 * seconds, 1) for seconds in sorted(late)]
    last = len(ordered) - 1
    return {
        "p50": ordered[last // 2],
        "p95": ordered[int(last * 0.95)],
        "p99": ordered[int(last * 0.99)],
        "max": ordered[last],
    }
