"""Streams as one decision reads them, remembering which version it rested on."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast
from uuid import UUID

from domain.unknown import UnknownEvent
from infra.envelope import Recorded
from infra.event_log import EventLog

S = TypeVar("S")
Fold = Callable[[Iterable[Any]], S]
CACHE_SIZE = 4096


class StreamHoldsUnknownEvent(RuntimeError):
    """A later version has acted here: this one would decide without knowing why."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"this program does not know {name}, so it decides nothing that rests on"
            " it: install the version that wrote it, or a later one"
        )


def known_events(recorded: Iterable[Recorded]) -> list[Any]:
    """What a decision rests on; raises ``StreamHoldsUnknownEvent``."""
    events = [r.event for r in recorded]
    for event in events:
        if isinstance(event, UnknownEvent):
            raise StreamHoldsUnknownEvent(event.name)
    return events


class FactCache:
    """Folded facts of this process, by stream. Stale ones are caught at append."""

    def __init__(self) -> None:
        self._facts: dict[UUID, tuple[int, object]] = {}

    def get(self, stream_id: UUID) -> tuple[int, object] | None:
        return self._facts.get(stream_id)

    def keep(self, stream_id: UUID, version: int, fact: object) -> None:
        if len(self._facts) >= CACHE_SIZE:
            self._facts.clear()
        self._facts[stream_id] = (version, fact)

    def clear(self) -> None:
        self._facts.clear()


class Reader:
    """Reads of one attempt: ``versions`` are checked again when it appends."""

    def __init__(self, log: EventLog, cache: FactCache) -> None:
        self._log, self._cache = log, cache
        self._events: dict[UUID, list[Any]] = {}
        self.versions: dict[UUID, int] = {}
        self.grown: set[UUID] = set()
        self.facts: dict[str, int] = {}
        self._identities: dict[str, UUID] = {}

    def identity(self, digest: str) -> UUID:
        """The stream in which the number of ``digest`` is claimed (R-810)."""
        if digest not in self._identities:
            self.load_identities([digest])
        return self._identities[digest]

    def load_identities(self, digests: Iterable[str]) -> None:
        """Ask the vault for several at once."""
        self._identities |= self._log.seals.identities(digests)

    def load(self, stream_ids: Iterable[UUID]) -> None:
        """Read several streams at once, before the decisions begin."""
        missing = [s for s in dict.fromkeys(stream_ids) if s not in self._events]
        if not missing:
            return
        for stream_id, recorded in self._log.streams(missing).items():
            self._events[stream_id] = known_events(recorded)
            self.versions.setdefault(stream_id, len(recorded))

    def state(self, stream_id: UUID, fold: Fold[S]) -> S:
        """The thing the command is about, with what this batch has added to it."""
        self.load([stream_id])
        return fold(self._events[stream_id])

    def fact(self, stream_id: UUID, fold: Fold[S], label: str) -> S:
        """Something a decision rests on; ``label`` names it in the event's meta."""
        cached = None if stream_id in self._events else self._cache.get(stream_id)
        if cached is not None:
            version, fact = cached[0], cast("S", cached[1])
            self.versions.setdefault(stream_id, version)
        else:
            fact = self.state(stream_id, fold)
            version = len(self._events[stream_id])
            if stream_id not in self.grown:
                self._cache.keep(stream_id, version, fact)
        self.facts[label] = version
        return fact

    def version(self, stream_id: UUID) -> int:
        """How many events the stream has, those added by this batch included."""
        self.load([stream_id])
        return len(self._events[stream_id])

    def add(self, stream_id: UUID, event: object) -> int:
        """Let later decisions see what this one adds; the stream's version then."""
        self.load([stream_id])
        self._events[stream_id].append(event)
        self.grown.add(stream_id)
        return len(self._events[stream_id])

    def begin_decision(self) -> None:
        self.facts = {}
