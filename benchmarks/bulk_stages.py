"""Processor time of the stages of a bulk run: honest on a busy machine, too."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from consumers.simulation.steps import Step
from infra import bulk
from infra.bulk_deciding import Deciding, Save
from infra.bulk_saving import write_save
from infra.postgres import PrivateServer
from infra.services import Services

TICKS = os.sysconf("SC_CLK_TCK")


class Stages:
    """Seconds by stage, each on its own thread's clock; ``play`` is a bulk run.

    ``decide`` is what deciding takes beside ``encode``: hashes and look-ups included.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def play(self, services: Services, given: Iterable[Step]) -> bulk.Written:
        kept = Deciding.decided, Save.encode, write_save
        Deciding.decided = self._timed("decide", kept[0])  # type: ignore[method-assign]
        Save.encode = self._timed("encode", kept[1])  # type: ignore[method-assign]
        bulk.write_save = self._timed("save", kept[2])  # type: ignore[attr-defined]
        try:
            written = bulk.write(services, self._generated(given))
        finally:
            Deciding.decided, Save.encode = kept[:2]  # type: ignore[method-assign]
            bulk.write_save = kept[2]  # type: ignore[attr-defined]
        self.seconds["decide"] -= self.seconds["encode"]
        return written

    def microseconds(self, events: int) -> dict[str, float]:
        return {k: round(v / events * 1e6, 1) for k, v in self.seconds.items()}

    def _timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any) -> Any:  # noqa: ANN401  whatever the work takes
            began = time.thread_time()
            try:
                return work(*given)
            finally:
                self._add(stage, time.thread_time() - began)

        return timed

    def _generated(self, given: Iterable[Step]) -> Iterator[Step]:
        remaining = iter(given)
        while True:
            began = time.thread_time()
            step = next(remaining, None)
            self._add("generate", time.thread_time() - began)
            if step is None:
                return
            yield step

    def _add(self, stage: str, seconds: float) -> None:
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds


def seconds_of_server(server: PrivateServer) -> float:
    """Processor seconds that the server's processes have taken that still run."""
    with psycopg.connect(server.administration) as connection:
        rows = connection.execute("SELECT pid FROM pg_stat_activity").fetchall()
    return sum(_seconds_of(pid) for (pid,) in rows)


def _seconds_of(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    user, system = stat.rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / TICKS
