"""One who follows a board's stream without a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

from api.pages.language import CHINESE, COOKIE
from tests import examples as x
from tests.api.pages.memory_source import Heard, parsed
from tests.api.pages.site import Site

SECONDS = 10.0


class Follower:
    """Keeps all messages he was sent."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks, self.text = chunks, ""

    @property
    def heard(self) -> list[Heard]:
        whole, _, _ = self.text.rpartition("\n\n")
        return parsed(whole)

    @property
    def steps(self) -> list[int | None]:
        return [message.id for message in self.heard if message.event == "step"]

    @property
    def boards(self) -> list[Heard]:
        return [message for message in self.heard if message.event == "board"]

    @property
    def last(self) -> int:
        """What a browser would send as ``Last-Event-ID``."""
        return next(m.id for m in reversed(self.heard) if m.id is not None)

    def until(self, condition: Callable[["Follower"], bool]) -> None:
        """Read on until ``condition`` holds; the connection's own limit ends it."""
        while not condition(self):
            self.text += next(self._chunks)


@contextmanager
def follow(
    site: Site,
    last: int | None = None,
    office: str = x.COUNTY,
    language: str = CHINESE,
) -> Iterator[Follower]:
    """A connection that has had its first board."""
    cookies = {**site.cookies, COOKIE: language}
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    with (
        httpx.Client(cookies=cookies, timeout=SECONDS) as client,
        client.stream(
            "GET", f"{site.url}/board/stream?office={office}", headers=headers
        ) as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        follower = Follower(response.iter_text())
        follower.until(lambda f: bool(f.boards))
        yield follower
