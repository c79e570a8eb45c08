"""The hub tells each viewer every step of his scope once, and the board anew."""

import asyncio
import threading

import pytest

from api.live import Pace
from tests.api.pages.memory_source import (
    PACE,
    SECONDS,
    GatedSource,
    LateSource,
    MemorySource,
    Viewer,
    hub,
    parsed,
)


def has_board(viewer: Viewer, position: int = 0) -> bool:
    boards = [message for message in viewer.heard if message.event == "board"]
    return any(message.id is None or message.id >= position for message in boards)


def test_a_new_viewer_gets_a_snapshot_and_what_follows() -> None:
    async def story() -> list[tuple[str, int | None]]:
        source = MemorySource(["A", "A"])
        async with hub(source) as live:
            viewer = Viewer(live.viewer("A", None))
            await viewer.until(has_board)
            source.add("A")
            await viewer.until(lambda v: v.steps == [3])
            return [(message.event, message.id) for message in viewer.heard]

    assert asyncio.run(story())[:2] == [("board", 2), ("step", 3)]


def test_one_who_comes_back_misses_nothing_and_hears_nothing_twice() -> None:
    async def story() -> list[int | None]:
        source = MemorySource(["A"])
        async with hub(source) as live:
            first = Viewer(live.viewer("A", None))
            await first.until(has_board)
            source.add("A", "A")
            await first.until(lambda v: v.steps == [2, 3])
            source.add("A", "A")  # while he is away
            second = Viewer(live.viewer("A", first.last))
            await second.until(lambda v: len(v.steps) == 2)
            source.add("A")
            await second.until(lambda v: len(v.steps) == 3)
            return first.steps + second.steps

    assert asyncio.run(story()) == [2, 3, 4, 5, 6]


def test_steps_from_before_the_hub_began_are_replayed_from_the_view() -> None:
    async def story() -> list[int | None]:
        source = MemorySource(["A", "A", "B", "A"])
        async with hub(source) as live:
            viewer = Viewer(live.viewer("A", 1))
            await viewer.until(has_board)
            return viewer.steps

    assert asyncio.run(story()) == [2, 4]


@pytest.mark.parametrize("last", [0, 98])
def test_too_far_behind_or_from_another_log_gets_a_snapshot(last: int) -> None:
    async def story() -> Viewer:
        async with hub(MemorySource(["A"] * (PACE.steps + 2))) as live:
            viewer = Viewer(live.viewer("A", last))
            await viewer.until(has_board)
            return viewer

    viewer = asyncio.run(story())
    assert (viewer.steps, viewer.last) == ([], PACE.steps + 2)


def test_one_who_fell_off_the_ring_gets_a_snapshot_at_least_as_new() -> None:
    async def story() -> Viewer:
        source = MemorySource(["A"])
        async with hub(source) as live:
            quick, slow = (Viewer(live.viewer("A", None)) for _ in range(2))
            await asyncio.gather(quick.until(has_board), slow.until(has_board))
            for _ in range(2 * PACE.steps):
                source.add("A")
                await quick.until(lambda v: v.last == len(source.scopes))
            slow.text = ""
            await slow.until(lambda v: v.last == len(source.scopes))
            return slow

    slow = asyncio.run(story())
    snapshot = next(m for m in slow.heard if m.event == "board")
    assert snapshot.id == slow.last or slow.steps[-1:] == [slow.last]


def test_a_scope_hears_nothing_of_another() -> None:
    async def story() -> list[int | None]:
        source = MemorySource()
        async with hub(source) as live:
            viewer = Viewer(live.viewer("A", None))
            await viewer.until(has_board)
            source.add("B", "A1")
            await viewer.until(lambda v: bool(v.steps))
            return viewer.steps

    assert asyncio.run(story()) == [2]


def test_a_board_is_drawn_once_for_all_its_viewers() -> None:
    async def story() -> int:
        source = MemorySource(["A"])
        async with hub(source) as live:
            viewers = [Viewer(live.viewer("A", None)) for _ in range(20)]
            await asyncio.gather(*(viewer.until(has_board) for viewer in viewers))
        return source.boards

    assert asyncio.run(story()) == 1


def test_boards_come_no_faster_than_their_pace() -> None:
    async def story() -> int:
        source = MemorySource(["A"])
        async with hub(source, Pace(poll=0.01, rest=0.0, board=60.0)) as live:
            viewer = Viewer(live.viewer("A", None))
            await viewer.until(has_board)
            source.add("A")
            await viewer.until(lambda v: v.steps == [2])
        return source.boards

    assert asyncio.run(story()) == 1


def test_steps_do_not_wait_for_the_board() -> None:
    async def story() -> bool:
        source = GatedSource(["A"])
        async with hub(source) as live:
            viewer = Viewer(live.viewer("A", None))
            await viewer.until(has_board)
            await asyncio.sleep(PACE.board)  # the next board is due at once
            source.gate = threading.Barrier(2)
            source.add("A")
            await viewer.until(lambda v: v.steps == [2])
            is_drawing = not source.gate.broken
            await asyncio.to_thread(source.gate.wait, SECONDS)
            await viewer.until(lambda v: has_board(v, 2))
            return is_drawing

    assert asyncio.run(story())


def test_boards_of_several_scopes_are_drawn_side_by_side() -> None:
    async def story() -> list[int | None]:
        source = GatedSource(["A", "B"])
        async with hub(source) as live:
            viewers = [Viewer(live.viewer(scope, None)) for scope in "AB"]
            await asyncio.gather(*(viewer.until(has_board) for viewer in viewers))
            source.gate = threading.Barrier(2)  # each board waits for the other
            source.add("A", "B")
            both = (viewer.until(lambda v: has_board(v, 4)) for viewer in viewers)
            await asyncio.gather(*both)
            return [viewer.last for viewer in viewers]

    assert asyncio.run(story()) == [4, 4]


def test_what_is_told_late_takes_no_step_away() -> None:
    async def story() -> list[int | None]:
        source = LateSource(["A"])
        async with hub(source) as live:
            slow, quick, new = (Viewer(live.viewer("A", None)) for _ in range(3))
            await asyncio.gather(slow.until(has_board), quick.until(has_board))
            source.add("A")
            source.late = late = threading.Event()
            coming = asyncio.create_task(new.until(has_board))
            await asyncio.to_thread(source.asked.wait, SECONDS)
            source.add("A")
            source.next.set()
            await quick.until(lambda v: v.steps == [2, 3])
            late.set()
            await coming
            await slow.until(lambda v: v.last == 3)
            return slow.steps

    assert asyncio.run(story()) == [2, 3]


def test_a_problem_of_the_views_is_told_at_once() -> None:
    async def story() -> object:
        source = MemorySource(["A"])
        async with hub(source) as live:
            viewer = Viewer(live.viewer("A", None))
            await viewer.until(has_board)
            source.problem = "数据更新已停止"
            await viewer.until(lambda v: v.heard[-1].data.get("problem") is not None)
            return viewer.heard[-1].data["problem"]

    assert asyncio.run(story()) == "数据更新已停止"


def test_a_ping_is_a_comment_and_an_event_that_pages_can_see() -> None:
    async def story() -> str:
        async with hub(MemorySource(["A"])) as live:
            viewer = Viewer(live.viewer("A", None))
            await viewer.until(lambda v: any(m.event == "ping" for m in v.heard))
            return viewer.text

    text = asyncio.run(story())
    assert ": ping\nevent: ping\n" in text
    assert "retry: 2000\n\n" in text
    assert [m.id for m in parsed(text) if m.event == "ping"] == [None]


def test_closing_the_hub_ends_every_stream() -> None:
    async def story() -> list[bytes]:
        async with hub(MemorySource(["A"])) as live:
            stream = live.viewer("A", None)
            viewer = Viewer(stream)
            await viewer.until(has_board)
            await live.close()
            return [text async for text in stream]

    assert asyncio.run(story()) == []
