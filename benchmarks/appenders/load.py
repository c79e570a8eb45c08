"""Writers in threads and processes that append for some seconds, each append timed."""

import threading
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

from benchmarks.appenders.contenders import CONTENDERS, Writer

SPAWN = get_context("spawn")
Timed = tuple[float, list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """``threads`` in each of ``processes``, ``events`` a save."""

    name: str
    threads: int = 1
    processes: int = 1
    events: int = 1
    while_vacuum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Events a second, and how long each append took, in ms, sorted."""

    rate: float
    ms: list[float]

    def percentile(self, share: float) -> float:
        return self.ms[min(len(self.ms) - 1, int(len(self.ms) * share))]


def run(
    contender: str,
    conninfo: str,
    load: Load,
    seconds: float,
    meanwhile: AbstractContextManager[None],
) -> Round:
    """One round in processes of its own, all begun at once while ``meanwhile`` is."""
    gate = SPAWN.Barrier(load.processes + 1)
    answers = SPAWN.SimpleQueue()
    work = _Work(contender, conninfo, load, seconds)
    processes = [
        SPAWN.Process(target=work.do, args=(answers, gate))
        for _ in range(load.processes)
    ]
    for process in processes:
        process.start()
    gate.wait(60)  # all are connected and have appended once
    with meanwhile:
        gate.wait(60)
        found = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    took = max(elapsed for elapsed, _ in found)
    ms = sorted(one for _, samples in found for one in samples)
    return Round(rate=len(ms) * load.events / took, ms=ms)


@dataclass(frozen=True, slots=True)
class _Work:
    """What each process does."""

    contender: str
    conninfo: str
    load: Load
    seconds: float

    def do(self, answers: "SimpleQueue[Timed]", gate: Barrier) -> None:
        load = self.load
        with CONTENDERS[self.contender](self.conninfo, load.threads) as writers:
            ready = [writers() for _ in range(load.threads)]
            for write in ready:
                write(load.events)
            gate.wait(60)
            gate.wait(60)
            answers.put(_timed(ready, load.events, self.seconds))


def _timed(writers: Sequence[Writer], events: int, seconds: float) -> Timed:
    samples: list[float] = []
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_append, args=(write, events, began + seconds, samples))
        for write in writers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began, samples


def _append(write: Writer, events: int, until: float, samples: list[float]) -> None:
    mine = []
    while (began := time.perf_counter()) < until:
        write(events)
        mine.append((time.perf_counter() - began) * 1000)
    samples.extend(mine)
