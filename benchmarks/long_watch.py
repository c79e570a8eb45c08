"""Ten minutes of a county at fifty events a second: server and page stay small.

python -m benchmarks.long_watch [SECONDS [VIEWERS]]

One server process with its projector and notices, `banjian simulate` beside it, a
browser with the warning board open, and so many further viewers of the same board.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from api.tokens import COOKIE, Tokens, real_time
from benchmarks.demo_start import free_port
from benchmarks.live_viewers import heard, serving, started
from benchmarks.measuring import BANJIAN, write_result
from benchmarks.viewing import Address, watch
from consumers.demo import COUNTY
from consumers.living_county import LivingCounty
from consumers.simulation.plan import Plan
from consumers.simulation.steps import opens_at
from domain.authority import Role
from infra.accounts import Account
from infra.initialise import begin
from infra.keys import Keys
from infra.migrate import migrate
from infra.postgres import PrivateServer
from infra.services import open_services
from infra.settings import Settings
from projections.all_views import ALL
from projections.runner import Runner

SECONDS, VIEWERS, EVERY, PER_SECOND = 600, 1000, 10, 50
SEED, CASES, HISTORY = 2, 6_000, 500
NEVER = 1e9


@contextmanager
def simulating(conninfo: str, home: Path) -> Iterator[None]:
    environ = os.environ | {
        "BANJIAN_HOME": str(home),
        "BANJIAN_DATABASE_URL": conninfo,
        "BANJIAN_LOG_LEVEL": "WARNING",
    }
    options = ["--seed", str(SEED), "--cases", str(CASES)]
    pace = ["--per-second", str(PER_SECOND)]
    process = subprocess.Popen([BANJIAN, "simulate", *options, *pace], env=environ)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def prepare(conninfo: str, home: Path) -> int:
    """A county with a history; the position its log has."""
    plan = Plan(seed=SEED, cases=CASES)
    migrate(conninfo)
    begin(conninfo, simulated=True, instant=opens_at(plan))
    with open_services(Settings(home=home), conninfo) as services:
        LivingCounty(services, plan, HISTORY).write_history()
        Runner(services.log, services.database, ALL).catch_up()
        return services.log.last_position()


def watched(conninfo: str, home: Path, seconds: int, viewers: int) -> dict[str, Any]:
    account = Account(name="viewer", role=Role.SUPERVISOR, office_code=COUNTY)
    token, _ = Tokens(Keys(home).token, 1, real_time).issue(account)
    port = free_port()
    path = f"/board/stream?office={COUNTY}"
    with serving(conninfo, home, port) as pid, simulating(conninfo, home):
        address = Address(port=port, path=path, token=token)
        crowd = started(watch, address, viewers, NEVER)
        heard(crowd)
        return _samples(port, token, pid, seconds)


def _samples(port: int, token: str, pid: int, seconds: int) -> dict[str, Any]:
    site, faults = f"http://127.0.0.1:{port}", list[str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--headless", "--no-sandbox", "--disable-gpu"],
        )
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        context.add_cookies([{"name": COOKIE, "value": token, "url": site}])
        page = context.new_page()
        page.on("console", lambda m: faults.extend([m.text] * (m.type == "error")))
        page.goto(f"{site}/board?office={COUNTY}")
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        rows, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(EVERY)
            rows.append(
                {"server_mb": _resident_mb(pid), **_of_page(session)}
                | {
                    "is_stale": "is-stale"
                    in (page.get_attribute("body", "class") or "")
                },
            )
        browser.close()
    return {"console_errors": faults, "samples": rows}


def _resident_mb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    resident = next(line for line in lines if line.startswith("VmRSS"))
    return int(resident.split()[1]) // 1024


def _of_page(session: CDPSession) -> dict[str, float]:
    session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    values = {metric["name"]: metric["value"] for metric in metrics}
    heap = round(values["JSHeapUsedSize"] / 1e6, 1)
    return {"page_heap_mb": heap, "page_nodes": int(values["Nodes"])}


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    seconds, viewers = (*given, *(SECONDS, VIEWERS)[len(given) :])
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)
        with PrivateServer(home) as server:
            before = prepare(server.conninfo, home)
            figures = watched(server.conninfo, home, seconds, viewers)
            with open_services(Settings(home=home), server.conninfo) as services:
                events = services.log.last_position() - before
    figures |= {"events_per_second": round(events / seconds, 1), "viewers": viewers}
    write_result(
        "long_watch", f"python -m benchmarks.long_watch {seconds} {viewers}", figures
    )


if __name__ == "__main__":
    main()
