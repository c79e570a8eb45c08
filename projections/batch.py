"""Events as the views are given them: read and decoded once for all of them."""

import gc
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from infra.envelope import Recorded
from infra.event_log import EventLog

KEPT = 3


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in the order of the log; ``start`` is the position before the first."""

    start: int
    events: Sequence[Recorded]
    kinds: frozenset[type]

    @property
    def last(self) -> int:
        return self.events[-1].position if self.events else self.start

    def of(self, kinds: frozenset[type] | None) -> Sequence[Recorded]:
        """The events of these ``kinds``; of all if None."""
        if kinds is None or self.kinds <= kinds:
            return self.events
        if self.kinds.isdisjoint(kinds):
            return ()
        return [each for each in self.events if type(each.event) in kinds]


def batch_of(start: int, events: Sequence[Recorded]) -> Batch:
    return Batch(start, events, frozenset(type(each.event) for each in events))


@contextmanager
def few_collections() -> Iterator[None]:
    """Decoded events are many objects and no cycles: looking for them costs a third.

    For the whole process, as long as somebody is far behind.
    """
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class LogReader:
    """Reads the log in batches. Safe for threads; keeps the last few batches."""

    def __init__(self, event_log: EventLog) -> None:
        self._log, self._lock = event_log, threading.Lock()
        self._read: OrderedDict[tuple[int, int], Batch] = OrderedDict()

    def after(self, position: int, limit: int) -> Batch:
        """What follows ``position`` now."""
        return batch_of(position, self._log.after(position, limit))

    def shared(self, position: int, limit: int) -> Batch:
        """The same, kept for other views until ``forget``: most stand together."""
        with self._lock:
            key = position, limit
            if key not in self._read:
                self._read[key] = self.after(position, limit)
                while len(self._read) > KEPT:
                    self._read.popitem(last=False)
            return self._read[key]

    def forget(self) -> None:
        with self._lock:
            self._read.clear()
