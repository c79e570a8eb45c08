"""Memory of processes, the machine, and where results are written."""

import json
import os
import platform
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")
BANJIAN = str(Path(sys.executable).with_name("banjian"))


def resident_mb(pid: int) -> float:
    """Resident memory of one process in MB, 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    for line in status.splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def descendants(pid: int) -> list[int]:
    """The process and all that it started, PostgreSQL's included."""
    found = [pid]
    for parent in found:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        if children.exists():
            found.extend(int(child) for child in children.read_text().split())
    return found


def is_python(pid: int) -> bool:
    try:
        return "python" in str(Path(f"/proc/{pid}/exe").readlink())
    except OSError:
        return False


class PeakMemory:
    """The highest sum of resident memory of a process tree's Python processes."""

    def __init__(self, pid: int) -> None:
        self._pid, self.peak_mb = pid, 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def now_mb(self) -> float:
        pids = [p for p in descendants(self._pid) if is_python(p)]
        return sum(resident_mb(p) for p in pids)

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            self.peak_mb = max(self.peak_mb, self.now_mb())

    def stop(self) -> float:
        self._stop.set()
        self._thread.join()
        return self.peak_mb


def environment() -> dict[str, Any]:
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return {
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "load": os.getloadavg()[0],
        "revision": revision,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def write_result(name: str, command: str, figures: dict[str, Any]) -> None:
    """Print the figures and keep them with the command and the machine."""
    RESULTS.mkdir(exist_ok=True)
    result = {"command": command, "figures": figures, "environment": environment()}
    text = json.dumps(result, indent=2, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(text)


def seconds(since: float) -> float:
    return round(time.monotonic() - since, 2)
