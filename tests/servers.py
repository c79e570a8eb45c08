"""Private servers for tests, and other processes that lease them."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.postgres import is_running
from infra.postgres.places import Places

ROOT = Path(__file__).parents[1]
SECONDS = 30
HOLD = """
import sys, time
from pathlib import Path
from infra.postgres import start
print(start(Path(sys.argv[1]), durable=False), flush=True)
time.sleep(600)
"""


@contextmanager
def own_home() -> Iterator[Path]:
    """A home for a server of the test's own, open to the server's user.

    Not below pytest's own folder: that is closed to it when root runs the tests.
    """
    home = Path(tempfile.mkdtemp(prefix="banjian-test-"))
    home.chmod(0o755)
    try:
        yield home
    finally:
        see_off(home)


def see_off(home: Path) -> None:
    """Wait until the server of ``home`` has ended and take its data away."""
    wait_until(lambda: not is_running(home))
    places = Places.under(home)
    if places.pointer.exists():
        shutil.rmtree(places.data.parent, ignore_errors=True)
    shutil.rmtree(home)


def wait_until(condition: Callable[[], bool]) -> None:
    """Fails when ``condition`` does not come true in time."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


def postmaster(home: Path) -> int:
    """The process id of the server of ``home``."""
    lines = (Places.under(home).data / "postmaster.pid").read_text().splitlines()
    return int(lines[0])


def supervisor(home: Path) -> int:
    """The process id of the parent of the server of ``home``."""
    status = Path(f"/proc/{postmaster(home)}/status").read_text()
    return int(status.split("PPid:")[1].split()[0])


def is_alive(process: int) -> bool:
    """Whether ``process`` runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


class Holder:
    """Another process with a lease on the server of ``home``."""

    def __init__(
        self, home: Path, *, python: str = sys.executable, user: str | None = None
    ) -> None:
        path = {"PYTHONPATH": os.pathsep.join(map(str, sys.path))}
        self._process = subprocess.Popen(
            [python, "-c", HOLD, str(home)],
            cwd=ROOT,
            env=path,
            user=user,
            stdout=subprocess.PIPE,
            text=True,
        )

    def conninfo(self) -> str:
        """What it was given, once it is; empty if it failed."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def kill(self) -> None:
        """By kill -9: nothing of it can tidy up."""
        assert self._process.stdout is not None
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
