"""Many steps at many instants into a simulated log, decided as the door decides.

Meant for made-up histories: the same events and outcomes as the door would store if
the log's clock were set to each step's instant before it. Deciding goes on while the
save before is being written.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from infra.appending import CommandIsRecorded, StreamsHaveMoved
from infra.bulk_deciding import Batch, Deciding, Save, Step
from infra.bulk_saving import Saved, TimesRunBackwards, write_save
from infra.outcome import StreamKeepsMoving
from infra.services import Services

__all__ = ["LogIsNotSimulated", "Step", "TimesRunBackwards", "Written", "write"]

SAVE = 2_000  # with more, what is decided has left the processor's caches
STREAMS = 20_000
ATTEMPTS = 25


class LogIsNotSimulated(RuntimeError):
    """Real events have the real time: on an ordinary log there is only the door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a run has added so far: ``refused`` of the ``commands`` changed nothing.

    ``repeated`` steps had an outcome under their key already, or came twice.
    ``upto`` is the instant of the last step.
    """

    events: int = 0
    commands: int = 0
    refused: int = 0
    repeated: int = 0
    upto: datetime | None = None


Watcher = Callable[[Written], None]


def write(
    services: Services,
    steps: Iterable[Step],
    *,
    save: int = SAVE,
    streams: int = STREAMS,
    watcher: Watcher | None = None,
) -> Written:
    """Decide ``steps``, which come in the order of their times, and append them.

    ``save`` steps are written in one transaction; ``watcher`` is told after each.
    ``streams`` that no step speaks of at present are kept in memory.
    The same steps again add nothing, so a run that broke off may be repeated.
    Raises ``LogIsNotSimulated``, ``TimesRunBackwards``, and ``StreamKeepsMoving``
    when others keep changing what the steps rest on; saves before stay written.
    """
    if not services.simulated:
        raise LogIsNotSimulated
    with _no_search_for_cycles(), ThreadPoolExecutor(1, "bulk-writer") as thread:
        rules = Deciding(services.log, services.keys, streams)
        run = _Run(services, thread, rules, watcher)
        for batch in _batches(steps, save):
            run.put(batch)
        return run.end()


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Nothing made here refers to itself; to look for it took a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _batches(steps: Iterable[Step], size: int) -> Iterator[Batch]:
    remaining = iter(steps)
    while batch := list(islice(remaining, size)):
        yield batch


class _Run:
    """One save is in flight while the next one is decided."""

    def __init__(
        self,
        services: Services,
        thread: ThreadPoolExecutor,
        rules: Deciding,
        watcher: Watcher | None,
    ) -> None:
        self._services, self._thread = services, thread
        self._rules, self._watcher = rules, watcher
        self._seen = services.log.last_position()
        self._flight: tuple[Batch, Save, Future[Saved]] | None = None
        self._written = Written()

    def put(self, batch: Batch) -> None:
        """Decide a batch and send it off; the one before is in the log then."""
        try:
            save = self._rules.decided(batch, self._flight[1] if self._flight else None)
            if not self._land(save):
                save = self._rules.decided(batch, None)
        except StreamsHaveMoved:  # a person was erased meanwhile
            self._land(None)
            self._decide_again(batch)
            return
        database, seen = self._services.database, self._seen
        self._flight = (
            batch,
            save,
            self._thread.submit(write_save, database, save, seen),
        )

    def end(self) -> Written:
        self._land(None)
        return self._written

    def _land(self, following: Save | None) -> bool:
        """Wait for the save in flight; whether ``following`` still holds after it."""
        if self._flight is None:
            return True
        batch, save, future = self._flight
        self._flight = None
        try:
            saved = future.result()
        except (StreamsHaveMoved, CommandIsRecorded):
            self._decide_again(batch)
            return False
        self._count(batch, save, saved)
        if following is None or saved.foreign.isdisjoint(following.read):
            self._rules.memory.forget_streams(saved.foreign)
            return True
        self._rules.memory.forget()
        return False

    def _decide_again(self, batch: Batch) -> None:
        for _ in range(ATTEMPTS):
            self._rules.memory.forget()
            self._seen = self._services.log.last_position()
            try:
                save = self._rules.decided(batch, None)
                saved = write_save(self._services.database, save, self._seen)
            except (StreamsHaveMoved, CommandIsRecorded):
                continue
            self._rules.memory.forget()
            self._count(batch, save, saved)
            return
        raise StreamKeepsMoving

    def _count(self, batch: Batch, save: Save, saved: Saved) -> None:
        self._seen, so_far = saved.last, self._written
        self._written = Written(
            events=so_far.events + len(save.streams),
            commands=so_far.commands + len(save.answers),
            refused=so_far.refused + save.refused,
            repeated=so_far.repeated + save.repeated,
            upto=batch[-1].at,
        )
        if save.streams:
            self._services.log.log_recorder.wake_readers(saved.last)
        if self._watcher is not None:
            self._watcher(self._written)
