"""kill -9 at random moments of an import: the restarted one ends the same."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from infra.initialise import begin
from infra.postgres import PrivateServer
from infra.services import Services, open_services
from infra.settings import Settings
from tests.conftest import fresh_database
from tests.consumers import small_log
from tests.consumers.test_importing import facts
from tests.world import START

KILLS, CASES, MID_WAY, LONG = 10, 600, 6, 60.0
ROOT = Path(__file__).parents[2]


def start_import(
    conninfo: str, home: Path, files: tuple[Path, Path]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [
            sys.executable,
            *("-m", "tests.consumers.import_once"),
            *(conninfo, str(home), *map(str, files)),
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )


def kill_at(
    services: Services, process: "subprocess.Popen[bytes]", progress: int, delay: float
) -> int:
    """Kill it ``delay`` seconds after the log grew by ``progress``; how far it was."""
    target, until = services.log.last_position() + progress, time.monotonic() + LONG
    while services.log.last_position() < target and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.001)
    time.sleep(delay)
    process.kill()
    process.wait()
    return services.log.last_position()


def undisturbed(
    server: PrivateServer, template: str, files: tuple[Path, Path], home: Path
) -> list[object]:
    """The facts of an import that nobody killed, in a database of its own."""
    with fresh_database(server, template) as conninfo:
        begin(conninfo, simulated=True, instant=START)
        assert start_import(conninfo, home, files).wait() == 0
        with open_services(Settings(home=home), conninfo) as services:
            return facts(services)


@pytest.mark.timeout(300)
def test_ten_kills_lose_and_double_nothing(
    services: Services, postgres: PrivateServer, template: str, tmp_path: Path
) -> None:
    files = small_log.write(tmp_path, small_log.rows(CASES))
    chance = random.Random(20261124)  # noqa: S311  seeded moments, no secret
    conninfo, home = services.database.conninfo, services.settings.home
    reached = []
    for number in range(KILLS):
        process = start_import(conninfo, home, files)
        progress = chance.randrange(1, 400) if number > 1 else 0  # first: staging
        reached.append(kill_at(services, process, progress, chance.uniform(0, 0.05)))
    assert start_import(conninfo, home, files).wait() == 0
    whole = services.log.last_position()
    assert len({place for place in reached if 0 < place < whole}) >= MID_WAY
    assert facts(services) == undisturbed(postgres, template, files, tmp_path / "other")
