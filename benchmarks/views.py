"""How fast views come up to the log, are made anew, and show what was appended.

python -m benchmarks.views [--million] [CASES]

Each figure beside the library's own way in the same run, on a server that keeps what
it has said. Processor seconds are given too: on a busy machine they tell more.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.bulk import SEED, fresh_log
from benchmarks.measuring import descendants, resident_mb, write_result
from benchmarks.views_latency import latencies
from benchmarks.views_stock import stock_events_per_second
from consumers.simulation.plan import Plan
from consumers.simulation.steps import steps
from infra.bulk import write
from infra.postgres import PrivateServer
from infra.services import Services, open_services
from infra.settings import Settings
from projections.all_views import ALL
from projections.rebuild import Rebuild
from projections.runner import Runner
from projections.view import View

CASES, CASES_OF_A_MILLION = 11_000, 110_000
BATCH = 4_000
STOCK_SECONDS, LATENCY_SECONDS, PER_SECOND = 5.0, 20, 200
REST_SECONDS = 10.0
TICKS = os.sysconf("SC_CLK_TCK")


def busy_seconds() -> tuple[float, float]:
    """Processor time of this process, and of the server's, which is its child."""
    server = [pid for pid in descendants(os.getpid()) if pid != os.getpid()]
    return time.process_time(), sum(map(_busy, server))


def _busy(pid: int) -> float:
    """Of the process and those that it has seen end."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in told[11:15]) / TICKS


def timed(events: int, work: Callable[[], object]) -> dict[str, float]:
    """``events`` a second of the clock; processor microseconds for one event."""
    began, (python, server) = time.monotonic(), busy_seconds()
    work()
    took, (python_after, server_after) = time.monotonic() - began, busy_seconds()
    return {
        "events_per_second": round(events / took),
        "python_us_per_event": round(1e6 * (python_after - python) / events, 1),
        "postgres_us_per_event": round(1e6 * (server_after - server) / events, 1),
    }


def decode_all(services: Services) -> None:
    position = 0
    while batch := services.log.after(position, BATCH):
        position = batch[-1].position


def forget_views(services: Services) -> None:
    """No view was ever begun."""
    with psycopg.connect(services.database.conninfo) as connection:
        found = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname IN ('views', 'views_next', 'views_old')"
            " AND tablename <> 'registry'"
        ).fetchall()
        for (table,) in found:
            connection.execute(f"DROP TABLE {table}".encode())
        connection.execute("DELETE FROM views.registry")
        connection.execute("DELETE FROM views_next.registry")


def caught_up(services: Services, views: Sequence[View]) -> dict[str, float]:
    forget_views(services)
    runner = Runner(services.log, services.database, views)
    return timed(services.log.last_position(), runner.catch_up)


def rebuilt(services: Services) -> dict[str, float]:
    """All views, beside running ones, by a process that has done nothing else."""
    where, events = services.database.conninfo, services.log.last_position()
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        _, before = busy_seconds()
        figures = process.submit(rebuild_all, where, services.settings.home).result()
    _, after = busy_seconds()
    per_event = round(1e6 * (after - before) / events, 1)
    return figures | {"postgres_us_per_event": per_event}


def rebuild_all(conninfo: str, home: Path) -> dict[str, float]:
    with open_services(Settings(home=home), conninfo) as services:
        rebuild = Rebuild(services.log, services.database, ALL)
        figures = timed(services.log.last_position(), rebuild.run)
    return figures | {"peak_mb": peak_mb()}


def peak_mb() -> int:
    """Of this process since it began its program: getrusage counts its parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def at_rest(services: Services) -> dict[str, float]:
    """Resident memory of a projector that has nothing to do."""
    where = services.database.conninfo, services.settings.home
    process = get_context("spawn").Process(target=keep_views, args=where)
    process.start()
    time.sleep(REST_SECONDS)
    found = resident_mb(process.pid or 0)
    process.kill()
    process.join()
    return {"resident_mb": round(found)}


def keep_views(conninfo: str, home: Path) -> None:
    with open_services(Settings(home=home), conninfo) as services:
        Runner(services.log, services.database, ALL).run(threading.Event())


def told(waited: Sequence[float]) -> dict[str, float]:
    """In milliseconds."""
    ordered, last = sorted(waited), len(waited) - 1
    parts = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "max": 1.0}
    return {
        name: round(1000 * ordered[int(last * part)], 1) for name, part in parts.items()
    }


def measured(services: Services, *, is_long: bool) -> dict[str, Any]:
    events = services.log.last_position()
    figures: dict[str, Any] = {"events": events}
    figures["read_and_decode"] = timed(events, lambda: decode_all(services))
    if not is_long:
        figures["alone"] = {view.NAME: caught_up(services, [view]) for view in ALL}
    figures["all_together"] = caught_up(services, ALL)
    figures["all_rebuilt"] = rebuilt(services)
    figures["projector_at_rest"] = at_rest(services)
    stock = stock_events_per_second(services, STOCK_SECONDS)
    figures["stock_one_view"] = {"events_per_second": round(stock)}
    best = figures.get("alone", {}).get("tracking", figures["all_together"])
    figures["times_stock"] = round(best["events_per_second"] / stock, 1)
    waited = latencies(services, PER_SECOND, LATENCY_SECONDS)
    figures["visible_ms_at_200_a_second"] = told(waited)
    return figures


def main() -> None:
    is_long = "--million" in sys.argv
    given = [int(each) for each in sys.argv[1:] if each.isdigit()]
    cases = given[0] if given else CASES_OF_A_MILLION if is_long else CASES
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        plan = Plan(seed=SEED, cases=cases)
        with PrivateServer(home) as server, fresh_log(server, home, plan) as services:
            write(services, steps(plan, services.keys.digest))
            figures = measured(services, is_long=is_long)
    command = "python -m benchmarks.views" + (" --million" if is_long else "")
    write_result("views_million" if is_long else "views", command, figures)


if __name__ == "__main__":
    main()
