"""How many events a second come into a simulated log, by the door and in bulk.

python -m benchmarks.bulk [CASES]

The same simulated county both times, its making included, on a server that keeps
what it has said. The door does a few hundred cases only.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo

from benchmarks.bulk_stages import Stages, seconds_of_server
from benchmarks.measuring import PeakMemory, seconds, write_result
from consumers.simulation.plan import Plan
from consumers.simulation.steps import Step, opens_at, steps
from infra.bulk import write
from infra.clock import set_simulated_clock
from infra.initialise import begin
from infra.migrate import migrate
from infra.postgres import PrivateServer
from infra.services import Services, open_services
from infra.settings import Settings

CASES, AT_DOOR = 20_000, 300
SEED = 1
BATCH = 200


@contextmanager
def fresh_log(server: PrivateServer, home: Path, plan: Plan) -> Iterator[Services]:
    name = f"bulk_{uuid4().hex}"
    with psycopg.connect(server.administration, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    conninfo = make_conninfo(server.administration, dbname=name)
    migrate(conninfo)
    begin(conninfo, simulated=True, instant=opens_at(plan))
    with open_services(Settings(home=home), conninfo) as services:
        yield services


def by_the_door(services: Services, given: Iterable[Step]) -> None:
    """One command a call, each at its instant, as bulk writes them."""
    for step in given:
        set_simulated_clock(services.database, step.at, 0)
        services.desk.execute_all([step.request])


def by_the_door_in_batches(services: Services, given: Iterable[Step]) -> None:
    """As an import does: many commands a call, recorded at the last one's instant."""
    remaining = iter(given)
    while batch := list(islice(remaining, BATCH)):
        set_simulated_clock(services.database, batch[-1].at, 0)
        services.desk.execute_all([step.request for step in batch])


Play = Callable[[Services, Iterable[Step]], object]


def measured(
    server: PrivateServer, home: Path, plan: Plan, play: Play
) -> dict[str, Any]:
    with fresh_log(server, home, plan) as services:
        given = steps(plan, services.keys.digest)
        began, busy = time.monotonic(), time.process_time()
        of_server = seconds_of_server(server)
        play(services, given)
        took, busy = seconds(began), time.process_time() - busy
        of_server = seconds_of_server(server) - of_server
        events = services.log.last_position()
    return {
        "cases": plan.cases,
        "events": events,
        "seconds": took,
        "events_per_second": round(events / took),
        "processor_seconds_of_python": round(busy, 2),
        "processor_microseconds_an_event": {
            "python": round(busy / events * 1e6, 1),
            "postgresql": round(of_server / events * 1e6, 1),
        },
    }


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    whole, few = (Plan(seed=SEED, cases=n) for n in (cases, min(cases, AT_DOOR)))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        with PrivateServer(home) as server:
            single = measured(server, home, few, by_the_door)
            batched = measured(server, home, few, by_the_door_in_batches)
            memory = PeakMemory(os.getpid())
            bulk = measured(server, home, whole, write)
            peak = memory.stop()
            stages = Stages()
            again = measured(server, home, whole, stages.play)
    figures = {
        "door": single,
        f"door_in_batches_of_{BATCH}": batched,
        "bulk": bulk | {"python_peak_mb": round(peak)},
        "stages_in_microseconds_an_event": stages.microseconds(again["events"]),
        "bulk_to_door": round(
            bulk["events_per_second"] / single["events_per_second"], 1
        ),
    }
    write_result("bulk", f"python -m benchmarks.bulk {cases}", figures)


if __name__ == "__main__":
    main()
