"""The streams a bulk run works on, held in memory; those long at rest are let go.

They are kept by ``UUID.int``: a UUID is looked up by way of a function of its own,
and there are a dozen look-ups a step.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from domain.case import state as case_state
from infra.bulk_lookup import begun
from infra.event_log import EventLog
from infra.reader import FactCache, Fold, Reader, S, known_events

# Streams that grow while they are worked on: a state goes on from the one before.
EVOLVE: dict[Fold[Any], Callable[[Any, Any], Any]] = {
    case_state.fold: case_state.evolve
}


class Known:
    """A stream's events, and what ``fold`` made of the first ``version`` of them."""

    __slots__ = ("events", "fold", "state", "version")

    def __init__(self, events: list[Any]) -> None:
        self.events, self.version = events, -1
        self.state: Any = None
        self.fold: Fold[Any] | None = None

    def folded(self, fold: Fold[S]) -> S:
        size = len(self.events)
        if self.version != size or self.fold is not fold:
            evolve = EVOLVE.get(fold)
            if evolve is None or self.fold is not fold:
                self.state = fold(self.events)
            else:
                for event in self.events[self.version :]:
                    self.state = evolve(self.state, event)
            self.version, self.fold = size, fold
        state: S = self.state
        return state


class Memory(Reader):
    """A reader for many decisions, all of whose events it has seen itself.

    ``read`` are the streams of the decisions since ``begin_save``. ``most`` others
    are kept, those last read; what is forgotten is read from the log again.
    """

    def __init__(self, log: EventLog, most: int) -> None:
        super().__init__(log, FactCache())
        self._most = most
        self.read: dict[int, Known] = {}
        self._last_id: UUID | None = None
        self._last = Known([])
        self._rest: dict[int, Known] = {}

    def begin_save(self) -> None:
        """What was decided before the last save must be in the log by now."""
        for stream_id in list(self._rest)[: max(0, len(self._rest) - self._most)]:
            del self._rest[stream_id]
        self._rest |= self.read
        self._begin({})
        self._identities = {}

    def forget(self) -> None:
        """Believe the log alone again."""
        self._rest = {}
        self._begin({})

    def forget_streams(self, numbers: Iterable[int]) -> None:
        """Read these from the log again."""
        self._begin(self.read)
        for number in numbers:
            self.read.pop(number, None)
            self._rest.pop(number, None)

    def load(self, stream_ids: Iterable[UUID]) -> None:
        missing = [s for s in stream_ids if not self._recall(s.int)]
        if not missing:
            return
        for stream_id in missing:  # most of them are yet to begin
            self.read[stream_id.int] = Known([])
        old = begun(self._log, missing)
        for stream_id, recorded in self._log.streams(old).items() if old else ():
            self.read[stream_id.int] = Known(known_events(recorded))

    def state(self, stream_id: UUID, fold: Fold[S]) -> S:
        return self._known(stream_id).folded(fold)

    def fact(self, stream_id: UUID, fold: Fold[S], label: str) -> S:
        known = self._known(stream_id)
        self.facts[label] = len(known.events)
        return known.folded(fold)

    def version(self, stream_id: UUID) -> int:
        return len(self._known(stream_id).events)

    def add(self, stream_id: UUID, event: object) -> int:
        events = self._known(stream_id).events
        events.append(event)
        return len(events)

    def _begin(self, read: dict[int, Known]) -> None:
        self.read, self._last_id = read, None

    def _known(self, stream_id: UUID) -> Known:
        if stream_id is self._last_id:  # most often it is the same one again
            return self._last
        known = self.read.get(stream_id.int)
        if known is None:
            self.load([stream_id])
            known = self.read[stream_id.int]
        self._last_id, self._last = stream_id, known
        return known

    def _recall(self, number: int) -> bool:
        if number in self.read:
            return True
        known = self._rest.pop(number, None)
        if known is not None:
            self.read[number] = known
        return known is not None
