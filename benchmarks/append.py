"""How fast the log takes events, against the library's stock recorder in the same run.

python -m benchmarks.append [SECONDS [ROUNDS]]

Each round lets ours, the stock recorder of the same library and bare INSERT + COMMIT
append in turn, on one server with fsync on; figures are medians of the rounds.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from benchmarks.appenders.contenders import (
    CONTENDERS,
    FLOOR,
    OURS,
    STOCK,
    TABLES,
    make_tables,
)
from benchmarks.appenders.load import Load, Round, run
from benchmarks.measuring import RESULTS, environment
from infra.initialise import begin
from infra.migrate import migrate
from infra.postgres import PrivateServer

LOADS = (
    Load(name="1 writer, one event"),
    Load(name="16 threads, one event", threads=16),
    Load(name="16 writers in 4 processes", threads=4, processes=4),
    Load(name="1 writer, 100 events a save", events=100),
    Load(name="1 writer while VACUUM runs", while_vacuum=True),
)
COLUMNS = "{:28}" + " {:>9}" * 3 + " {:>8}" * 2 + " {:>12}" * 3
P99 = [f"p99 {name}" for name in CONTENDERS]
SLOWLY = "SET vacuum_cost_delay = '20ms'; SET vacuum_cost_limit = 1"
Rounds = dict[str, dict[str, list[Round]]]


@contextmanager
def database() -> Iterator[str]:
    """An ordinary log on a server of its own, and tables for the others."""
    with tempfile.TemporaryDirectory(prefix="banjian-append-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        with PrivateServer(home, durable=True) as server:
            url = make_conninfo(server.administration, dbname="banjian")
            migrate(url)
            begin(url, simulated=False)
            make_tables(url)
            yield url


@contextmanager
def vacuuming(conninfo: str, table: str, seconds: float) -> Iterator[None]:
    """A VACUUM that outlasts a round, because it is told to go slowly."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(SLOWLY.encode())
        connection.execute(
            "SELECT set_config('statement_timeout', %s, false)", (f"{seconds + 1}s",)
        )
        with ThreadPoolExecutor(1) as pool:
            vacuum = pool.submit(
                connection.execute, f"VACUUM (DISABLE_PAGE_SKIPPING) {table}".encode()
            )
            _wait_for_vacuum(conninfo)
            yield
            ended = vacuum.exception()
        assert isinstance(ended, psycopg.errors.QueryCanceled), "VACUUM ended too soon"  # noqa: S101


def _wait_for_vacuum(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        while not connection.execute(
            "SELECT 1 FROM pg_stat_progress_vacuum WHERE heap_blks_scanned > 0"
        ).fetchone():
            time.sleep(0.005)


def measure(conninfo: str, seconds: float, rounds: int) -> Rounds:
    """The contenders in turn, and next time round in the other order."""
    found: Rounds = {load.name: {name: [] for name in CONTENDERS} for load in LOADS}
    for load in LOADS:
        for number in range(rounds):
            for name in list(CONTENDERS)[:: -1 if number % 2 else 1]:
                during = (
                    vacuuming(conninfo, TABLES[name], seconds)
                    if load.while_vacuum
                    else nullcontext()
                )
                done = run(name, conninfo, load, seconds, during)
                found[load.name][name].append(done)
                print(f"{load.name}: {name} {done.rate:,.0f}/s", file=sys.stderr)
    return found


def figures(found: Rounds) -> dict[str, Any]:
    """Medians of the rounds; latencies in ms, from all rounds together."""
    return {
        load: {
            name: {
                "per_second": round(statistics.median(r.rate for r in rounds)),
                "p50_ms": _percentile(rounds, 0.5),
                "p99_ms": _percentile(rounds, 0.99),
                "rounds_per_second": [round(r.rate) for r in rounds],
            }
            for name, rounds in contenders.items()
        }
        for load, contenders in found.items()
    }


def _percentile(rounds: list[Round], share: float) -> float:
    ms = sorted(one for r in rounds for one in r.ms)
    return round(ms[min(len(ms) - 1, int(len(ms) * share))], 2)


def table(found: dict[str, Any]) -> str:
    lines = [COLUMNS.format("events a second", *CONTENDERS, "x stock", "x floor", *P99)]
    for load, by in found.items():
        rate = {name: by[name]["per_second"] for name in CONTENDERS}
        lines.append(
            COLUMNS.format(
                load,
                *(f"{rate[name]:,}" for name in CONTENDERS),
                _times(rate[OURS], rate[STOCK]),
                _times(rate[OURS], rate[FLOOR]),
                *(f"{by[name]['p99_ms']:,.1f} ms" for name in CONTENDERS),
            )
        )
    return "\n".join(lines)


def _times(rate: int, other: int) -> str:
    return f"{rate / other:.2f}" if other else "-"


def write(found: Rounds, conninfo: str, command: str) -> None:
    """The table to the screen; figures, machine and raw samples to the file."""
    result = {
        "command": command,
        "figures": figures(found),
        "environment": environment() | server(conninfo),
        "samples_ms": {
            load: {
                name: [_thinned(r.ms) for r in rounds] for name, rounds in by.items()
            }
            for load, by in found.items()
        },
    }
    text = json.dumps(result, indent=1, ensure_ascii=False)
    (RESULTS / "append.json").write_text(text + "\n", encoding="utf-8")
    print(table(figures(found)))


def _thinned(ms: list[float]) -> str:
    """All samples of a round, sorted; of many, every so-manieth."""
    step = max(1, len(ms) // 250)
    return " ".join(f"{one:.2f}" for one in ms[::step])


def server(conninfo: str) -> dict[str, str]:
    asked = ("server_version", "fsync", "synchronous_commit", "shared_buffers")
    with psycopg.connect(conninfo) as connection:
        told = {name: _setting(connection, name) for name in asked}
    return told | {"eventsourcing": version("eventsourcing")}


def _setting(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    return str(row[0]) if row else ""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("seconds", type=float, nargs="?", default=1.5)
    asked.add_argument("rounds", type=int, nargs="?", default=6)
    seconds, rounds = (told := asked.parse_args()).seconds, told.rounds
    with database() as conninfo:
        found = measure(conninfo, seconds, rounds)
        write(found, conninfo, f"python -m benchmarks.append {seconds:g} {rounds}")


if __name__ == "__main__":
    main()
