"""What sealing costs: encode, seal and store against encode and store in plain.

python -m benchmarks.sealing [CASES]

The same events of a simulated county both times, in saves of 100, on a server that
keeps what it has said; the vault's own writes are counted. Then the worst case,
registrations of persons only, and what opening costs a reader.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eventsourcing.persistence import StoredEvent

from benchmarks.bulk import fresh_log
from benchmarks.measuring import write_result
from consumers.simulation.plan import Plan
from consumers.simulation.steps import steps
from domain.party.events import PartyRegistered
from domain.personal import Personal
from infra.appending import Append
from infra.bulk import write
from infra.envelope import Recorded
from infra.event_codec import plain
from infra.postgres import PrivateServer
from infra.sealing.personal_fields import PERSONAL
from infra.services import Services

CASES, SAVE, RUNS = 2_000, 100, 5
Encode = Callable[[Services, Sequence[Recorded]], list[StoredEvent]]
Open = Callable[[], Any]


def as_plain(_: Services, save: Sequence[Recorded]) -> list[StoredEvent]:
    return [
        StoredEvent(r.originator_id, r.originator_version, *plain(r.event, r.meta))
        for r in save
    ]


def as_sealed(services: Services, save: Sequence[Recorded]) -> list[StoredEvent]:
    services.seals.make_ready((r.originator_id, r.event) for r in save)
    return [services.log.mapper.to_stored_event(r) for r in save]


def stored(
    opened: Services, events: Sequence[Recorded], encode: Encode
) -> dict[str, float]:
    """Seconds for all; ``encoding`` before the log is asked; ``cpu`` of Python."""
    began, encoding, cpu = time.monotonic(), 0.0, time.process_time()
    for save in saves(events):
        start = time.monotonic()
        rows = encode(opened, save)
        encoding += time.monotonic() - start
        opened.log.log_recorder.append(Append(events=rows))
    return {
        "seconds": time.monotonic() - began,
        "encoding": encoding,
        "cpu": time.process_time() - cpu,
    }


def saves(events: Sequence[Recorded]) -> Iterator[Sequence[Recorded]]:
    for start in range(0, len(events), SAVE):
        yield events[start : start + SAVE]


def revealed(recorded: Recorded) -> Recorded:
    """As it was decided: its personal fields in the clear."""
    names = PERSONAL.get(type(recorded.event), ())
    values = {name: getattr(recorded.event, name) for name in names}
    clear = {n: Personal(v.reveal()) for n, v in values.items() if v is not None}
    return replace(recorded, event=replace(recorded.event, **clear))


def events_of(server: PrivateServer, home: Path, plan: Plan) -> list[Recorded]:
    with fresh_log(server, home, plan) as services:
        write(services, steps(plan, services.keys.digest))
        services.seals.fetch_of(read := services.log.after(1, 10_000_000))
        return [revealed(recorded) for recorded in read]


def compared(
    server: PrivateServer, home: Path, plan: Plan, events: Sequence[Recorded]
) -> dict[str, Any]:
    """Medians of runs that take turns, each into a log of its own."""
    runs: dict[str, list[dict[str, float]]] = {"plain": [], "sealed": []}
    for _ in range(RUNS):
        for name, encode in (("plain", as_plain), ("sealed", as_sealed)):
            with fresh_log(server, home, plan) as services:
                services.seals.make_keys([])
                warm(services)
                runs[name].append(stored(services, events, encode))
    median, cpu = (
        {n: statistics.median(run[what] for run in of) for n, of in runs.items()}
        for what in ("seconds", "cpu")
    )
    personal = sum(type(recorded.event) in PERSONAL for recorded in events)
    return {
        "events": len(events),
        "personal_events": personal,
        "seconds": {name: round(value, 3) for name, value in median.items()},
        "events_per_second": {
            name: round(len(events) / value) for name, value in median.items()
        },
        "ratio": round(median["sealed"] / median["plain"], 3),
        "ratio_of_python_cpu": round(cpu["sealed"] / cpu["plain"], 3),
        "samples": runs,
    }


def warm(services: Services) -> None:
    """Connections are open before the time is taken: of the log, and of the vault."""
    services.seals.identities(["warm"])
    services.log.last_position()


def opening(
    server: PrivateServer, home: Path, plan: Plan, events: Sequence[Recorded]
) -> dict[str, float]:
    """Microseconds an event: read and decoded, and its fields revealed beside that."""
    with fresh_log(server, home, plan) as services:
        stored(services, events, as_sealed)
        began = time.monotonic()
        read = services.log.after(1, 10_000_000)
        decoded = time.monotonic() - began
        began = time.monotonic()
        services.seals.fetch_of(read)
        for recorded in read:
            revealed(recorded)
        opened = time.monotonic() - began
    per_event = 1e6 / len(read)
    return {
        "read_and_decode_us": round(decoded * per_event, 1),
        "open_all_fields_us": round(opened * per_event, 1),
    }


def main() -> None:
    plan = Plan(seed=1, cases=int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        home, keys = Path(folder, "server"), Path(folder, "keys")
        home.mkdir(mode=0o755)
        with PrivateServer(home) as server:
            events = events_of(server, keys, plan)
            people = [r for r in events if isinstance(r.event, PartyRegistered)]
            result = {
                "county": compared(server, keys, plan, events),
                "registrations_only": compared(server, keys, plan, people),
                "reading_registrations": opening(server, keys, plan, people),
            }
    write_result("sealing", f"python -m benchmarks.sealing {plan.cases}", result)


if __name__ == "__main__":
    main()
