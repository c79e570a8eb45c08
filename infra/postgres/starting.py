"""Finding the server that runs, or starting the supervisor of one."""

import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from infra.postgres import locks
from infra.postgres.failure import ServerDidNotStart
from infra.postgres.places import Places, Running

PAUSE_SECONDS = 0.02
TOLD_BYTES = 2000
ROOT = Path(__file__).parents[2]


@dataclass(kw_only=True)
class Attempt:
    """One caller's attempt to reach a ready server; it holds ``places.starting``.

    ``until`` is on the monotonic clock.
    """

    places: Places
    bindir: Path | None
    durable: bool
    until: float
    supervisor: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def reach(self) -> Running:
        """A server that takes connections. Raises ``ServerDidNotStart``."""
        while (running := self._found()) is None:
            if self.supervisor is not None:
                if self.supervisor.poll() is not None and not self._is_supervised():
                    raise ServerDidNotStart(self._told())
            elif not self._is_supervised():
                self.places.ready.unlink(missing_ok=True)  # a killed one left it
                self.supervisor = self._spawn()
            self.pause("it is still starting")
        if self.durable and not running.durable:
            raise ServerDidNotStart(
                f"{running.data} is being served without fsync, for tests: end that"
            )
        return running

    def pause(self, why: str) -> None:
        """Wait a moment, unless there is no time left."""
        if time.monotonic() > self.until:
            raise ServerDidNotStart(f"no server in {self.places.folder} in time: {why}")
        time.sleep(PAUSE_SECONDS)

    def _found(self) -> Running | None:
        running = self.places.read_ready()
        return running if running and self._is_supervised() else None

    def _is_supervised(self) -> bool:
        return locks.is_held_alone(self.places.supervising)

    def _spawn(self) -> "subprocess.Popen[bytes]":
        with self.places.supervisor_log.open("wb") as output:
            supervisor = subprocess.Popen(
                [
                    *(sys.executable, "-m", "infra.postgres.supervisor"),
                    str(self.places.folder.parent),
                    str(self.bindir.resolve()) if self.bindir else "",
                    "durable" if self.durable else "volatile",
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # an interrupt at the terminal is not for it
                cwd=ROOT,
            )
        # It outlives this attempt; were it not waited for, it would stay a zombie.
        threading.Thread(target=supervisor.wait, daemon=True).start()
        return supervisor

    def _told(self) -> str:
        told = self.places.supervisor_log.read_bytes()[-TOLD_BYTES:]
        return told.decode(errors="replace").strip() or "its supervisor was killed"
