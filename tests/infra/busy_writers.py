"""Writers that append, run into each other and roll back, in threads and processes."""

import random
import threading
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID, uuid5

from eventsourcing.persistence import IntegrityError, StoredEvent

from domain.office.events import OfficeRenamed
from infra.appending import Append
from infra.event_codec import encode
from infra.log_recorder import APPEND_LOCK, LogRecorder
from infra.services import open_services
from infra.settings import Settings
from tests.golden.examples import LIVE

TOPIC, STATE = encode(OfficeRenamed(name="甲"), LIVE)
SHARED = [UUID(int=number) for number in range(1, 4)]
SIZES = (1, 1, 1, 2, 5, 40)


def write(
    barrier: Barrier, url: str, home: Path, seeds: range, seconds: float
) -> tuple[int, int]:
    """How many events the threads appended, and how often they ran into others."""
    settings = Settings(home=home, pool_size=len(seeds))
    with open_services(settings, url) as services:
        recorder = services.log.log_recorder
        writers = [Writer(recorder, seed, seconds) for seed in seeds]
        barrier.wait(60)
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    if any(writer.fault for writer in writers):
        msg = f"{[writer.fault for writer in writers]}"
        raise RuntimeError(msg)
    return sum(w.appended for w in writers), sum(w.conflicts for w in writers)


class Writer(threading.Thread):
    """One writer: reproducible by its seed, but for who is faster."""

    def __init__(self, recorder: LogRecorder, seed: int, seconds: float) -> None:
        super().__init__(name=f"writer-{seed}")
        self._recorder, self._seconds = recorder, seconds
        self._random = random.Random(seed)  # noqa: S311  a test's dice
        self._own, self._version = uuid5(SHARED[0], str(seed)), 0
        self.appended = self.conflicts = 0
        self.fault: Exception | None = None

    def run(self) -> None:
        steps = (self._append_own, self._append_shared, self._roll_back)
        until = time.monotonic() + self._seconds
        try:
            while time.monotonic() < until:
                self._random.choices(steps, weights=(6, 3, 1))[0]()
        except Exception as fault:  # noqa: BLE001  told by write()
            self.fault = fault

    def _append_own(self) -> None:
        events = self._events(self._own, self._version)
        self._recorder.append(Append(events=events, versions=self._seen()))
        self._version += len(events)
        self.appended += len(events)

    def _seen(self) -> dict[UUID, int]:
        return {self._own: self._version}

    def _append_shared(self) -> None:
        stream = self._random.choice(SHARED)
        newest = self._recorder.select_events(stream, desc=True, limit=1)
        version = newest[0].originator_version if newest else 0
        events = self._events(stream, version)
        try:
            self._recorder.append(Append(events=events, versions={stream: version}))
        except IntegrityError:
            self.conflicts += 1
        else:
            self.appended += len(events)

    def _roll_back(self) -> None:
        """Hold positions for a while and give them back, with the lock or without."""
        with self._recorder.datastore.transaction(commit=False) as cursor:
            if self._random.random() < 0.5:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", (APPEND_LOCK,))
            for event in self._events(self._own, self._version):
                cursor.execute(
                    "INSERT INTO log.events"
                    " (originator_id, originator_version, topic, state)"
                    " VALUES (%s, %s, %s, %s)",
                    (
                        event.originator_id,
                        event.originator_version,
                        event.topic,
                        event.state,
                    ),
                )
            time.sleep(self._random.random() / 100)

    def _events(self, stream: UUID, version: int) -> list[StoredEvent]:
        count = self._random.choice(SIZES)
        numbers = range(version + 1, version + 1 + count)
        return [StoredEvent(stream, number, TOPIC, STATE) for number in numbers]
