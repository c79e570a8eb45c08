"""A thousand viewers of one live board: how late each sees a step, and whether all do.

python -m benchmarks.live_viewers [VIEWERS [SECONDS]]

One server process with its projector, one process that gives a command a second at
the door, one with all the viewers. One viewer is cut off for three seconds.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

from api.tokens import Tokens, real_time
from benchmarks.demo_start import free_port, wait_for
from benchmarks.measuring import BANJIAN, PeakMemory, write_result
from benchmarks.viewing import CUT_SECONDS, Address, Published, told, watch
from consumers.simulation.plan import Plan
from consumers.simulation.steps import opens_at, steps
from domain.authority import Role
from domain.case.commands import HandOverCase, OpenCase
from domain.office.commands import RegisterOffice
from domain.post.commands import EstablishPost
from infra.accounts import Account
from infra.bulk import write
from infra.clock import set_simulated_clock
from infra.context import Request
from infra.initialise import begin
from infra.keys import Keys
from infra.migrate import migrate
from infra.postgres import PrivateServer
from infra.services import open_services
from infra.settings import Settings
from projections.all_views import ALL
from projections.runner import Runner

VIEWERS, SECONDS = 1000, 90
CUT_AFTER, PATIENCE = 20.0, 240.0
PLAN = Plan(seed=1, cases=500)
PLAYED = 0.6
CASE = UUID(int=77)
SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A county at work, and a case that goes to and fro between two ``holders``.

    The first of them opens it.
    """

    conninfo: str
    home: Path
    county: str
    opening: Request
    holders: tuple[UUID, UUID]


def prepared(conninfo: str, home: Path) -> Stage:
    """A log with some weeks of history in its views, its clock running."""
    migrate(conninfo)
    begin(conninfo, simulated=True, instant=opens_at(PLAN))
    with open_services(Settings(home=home), conninfo) as services:
        given = list(steps(PLAN, services.keys.digest))
        played = given[: int(len(given) * PLAYED)]
        write(services, played)
        set_simulated_clock(services.database, played[-1].at, 1.0)
        Runner(services.log, services.database, ALL).catch_up()
    commands = [step.request.command for step in played]
    opening = next(s.request for s in played if isinstance(s.request.command, OpenCase))
    command: OpenCase = opening.command  # type: ignore[assignment]
    return Stage(
        conninfo=conninfo,
        home=home,
        county=next(
            c.code
            for c in commands
            if isinstance(c, RegisterOffice) and c.code.endswith("000000")
        ),
        opening=replace(opening, command=replace(command, case_id=CASE)),
        holders=next(
            (command.by, c.backup if command.by == c.primary else c.primary)
            for c in commands
            if isinstance(c, EstablishPost) and c.post_id == command.post
        ),
    )


def publish(stage: Stage, count: int, lead: Connection) -> None:
    """Open the case, wait for a word, then hand it over once a second."""
    with open_services(Settings(home=stage.home), stage.conninfo) as services:
        desk, now = services.desk, services.clock()
        opening = replace(stage.opening.command, now=now)  # type: ignore[type-var]
        desk.execute(_request(stage, opening, "opening"))
        lead.send("the case is open")
        lead.recv()
        begun, published = time.monotonic(), Published()
        for number in range(count):
            time.sleep(max(0.0, begun + number - time.monotonic()))
            command = HandOverCase(
                case_id=CASE,
                by=stage.holders[0],
                to=stage.holders[(number + 1) % 2],
                reason="轮班",
                now=services.clock(),
            )
            asked = time.monotonic()
            outcome = desk.execute(_request(stage, command, f"handover-{number}"))
            published.append((outcome.position, asked, time.monotonic()))
        lead.send(published)


def _request(stage: Stage, command: object, key: str) -> Request:
    context = replace(stage.opening.context, key=key)
    return replace(stage.opening, command=command, context=context)


@contextmanager
def serving(conninfo: str, home: Path, port: int) -> Iterator[int]:
    """`banjian serve` as a process of its own; its number."""
    environ = os.environ | {
        "BANJIAN_HOME": str(home),
        "BANJIAN_DATABASE_URL": conninfo,
        "BANJIAN_PORT": str(port),
        "BANJIAN_LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen([BANJIAN, "serve"], env=environ)
    try:
        wait_for(f"http://127.0.0.1:{port}/login", time.monotonic())
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def played(stage: Stage, viewers: int, count: int) -> dict[str, Any]:
    """Let them all watch; the figures."""
    port = free_port()
    key = Keys(stage.home).token
    account = Account(name="viewer", role=Role.SUPERVISOR, office_code=stage.county)
    token, _ = Tokens(key, 1, real_time).issue(account)
    path = f"/board/stream?office={stage.county}"
    address = Address(port=port, path=path, token=token)
    with serving(stage.conninfo, stage.home, port) as pid:
        clerk = started(publish, stage, count)
        crowd = started(watch, address, viewers, CUT_AFTER)
        heard(clerk)
        heard(crowd)
        memory = PeakMemory(pid)
        busy = _processor_seconds(pid)
        clerk.send("begin")
        published = heard(clerk)
        busy = _processor_seconds(pid) - busy
        time.sleep(2 * CUT_SECONDS)
        crowd.send("enough")
        seen, lost = heard(crowd)
        peak = memory.stop()
    return told(published, seen) | {
        "connections_lost": lost,
        "server_peak_mb": round(peak),
        "server_processor_share": round(busy / count, 2),
    }


def started(work: Any, *arguments: Any) -> Connection:  # noqa: ANN401
    ours, theirs = SPAWN.Pipe()
    SPAWN.Process(target=work, args=(*arguments, theirs), daemon=True).start()
    return ours


def heard(from_whom: Connection) -> Any:  # noqa: ANN401
    if not from_whom.poll(PATIENCE):
        msg = "a process of the benchmark says nothing"
        raise TimeoutError(msg)
    return from_whom.recv()


def _processor_seconds(pid: int) -> float:
    parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(part) for part in parts[11:13]) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    viewers, count = (*given, *(VIEWERS, SECONDS)[len(given) :])
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        with PrivateServer(home) as server:
            figures = played(prepared(server.conninfo, home), viewers, count)
    command = f"python -m benchmarks.live_viewers {viewers} {count}"
    write_result("live_viewers", command, {"viewers": viewers, **figures})


if __name__ == "__main__":
    main()
