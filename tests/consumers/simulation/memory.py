"""The house's own rules over streams in memory: what the door would answer."""

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from infra.context import Request
from infra.deciding import answer
from infra.reader import FactCache, Reader


class Streams(Reader):
    """Streams that are kept here and nowhere else."""

    def __init__(self) -> None:
        super().__init__(None, FactCache())  # type: ignore[arg-type]

    def load(self, stream_ids: Iterable[UUID]) -> None:
        for stream_id in stream_ids:
            self._events.setdefault(stream_id, [])

    def load_identities(self, digests: Iterable[str]) -> None:
        self._identities |= {digest: uuid5(NAMESPACE_OID, digest) for digest in digests}


class Door:
    """Answers one request after another; nothing is stored."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self._streams = Streams()

    def answer(self, request: Request) -> str | None:
        """The refusal's code, None if the request is granted."""
        given = answer(request, b"", self._streams)
        self.events += [recorded.event for recorded in given.events]
        return given.outcome.refusal.code if given.outcome.refusal else None
