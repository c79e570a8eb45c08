"""The badge's stream: the count at once, again when it changes, and a clean end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from api.pages.badge_stream import PING, BadgeHub, BadgePace
from tests import examples as x

QUICK = BadgePace(look=0.01, ping=60.0)
SECONDS = 5


@dataclass
class Counts:
    """What a database would count, and how often it was asked."""

    unread: dict[str, int] = field(default_factory=lambda: {x.TOWNSHIP: 2})
    asked: int = 0

    def __call__(self, offices: Sequence[str]) -> dict[str, int]:
        self.asked += 1
        return {office: self.unread.get(office, 0) for office in offices}


async def next_of(stream: AsyncIterator[bytes]) -> str:
    while True:
        text = await asyncio.wait_for(anext(stream), SECONDS)
        if text.startswith(b"event"):
            return text.decode()


def test_the_count_comes_at_once_and_again_only_when_it_changes() -> None:
    async def watch() -> None:
        counts = Counts()
        hub = BadgeHub(counts, QUICK)
        one, two = hub.viewer(x.TOWNSHIP), hub.viewer(x.TOWNSHIP)
        for viewer in (one, two):
            assert '{"unread": 2}' in await next_of(viewer)
        await asyncio.sleep(0.1)
        counts.unread[x.TOWNSHIP] = 3
        for viewer in (one, two):
            assert '{"unread": 3}' in await next_of(viewer)
        await hub.close()

    asyncio.run(watch())


def test_a_closed_hub_ends_every_stream() -> None:
    async def watch() -> None:
        hub = BadgeHub(Counts(), QUICK)
        viewer = hub.viewer(x.TOWNSHIP)
        await next_of(viewer)
        asyncio.get_running_loop().call_later(0.05, asyncio.create_task, hub.close())
        assert [text async for text in viewer] == []

    asyncio.run(asyncio.wait_for(watch(), SECONDS))


def test_a_count_that_fails_is_counted_again() -> None:
    class Failing(Counts):
        def __call__(self, offices: Sequence[str]) -> dict[str, int]:
            counted = super().__call__(offices)
            if self.asked == 1:
                raise OSError
            return counted

    async def watch() -> None:
        hub = BadgeHub(Failing(), QUICK)
        assert '{"unread": 2}' in await next_of(hub.viewer(x.TOWNSHIP))
        await hub.close()

    asyncio.run(watch())


def test_a_quiet_stream_gives_signs_of_life() -> None:
    async def watch() -> None:
        hub = BadgeHub(Counts(), BadgePace(look=0.01, ping=0.0))
        viewer = hub.viewer(x.TOWNSHIP)
        await next_of(viewer)
        assert await asyncio.wait_for(anext(viewer), SECONDS) == PING
        await hub.close()

    asyncio.run(watch())
