"""How long `banjian demo` takes to show its board, cold and warm, in what memory.

python -m benchmarks.demo_start
"""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from typing import Any

from benchmarks.measuring import BANJIAN, PeakMemory, seconds, write_result

PATIENCE = 180.0
SETTLE = 20.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: str) -> dict[str, Any]:
    """Start the demo, wait for its sign-in page, watch it for a while, stop it."""
    port = free_port()
    environ = os.environ | {"BANJIAN_HOME": home, "BANJIAN_PORT": str(port)}
    began = time.monotonic()
    process = subprocess.Popen([BANJIAN, "demo"], env=environ)
    memory = PeakMemory(process.pid)
    wait_for(f"http://127.0.0.1:{port}/login", began)
    shown = seconds(began)
    time.sleep(SETTLE)
    resting = memory.now_mb()
    process.send_signal(signal.SIGINT)
    stopping = time.monotonic()
    process.wait(30)
    return {
        "seconds_to_page": shown,
        "python_peak_mb": round(memory.stop()),
        "python_at_rest_mb": round(resting),
        "seconds_to_stop": seconds(stopping),
    }


def wait_for(address: str, began: float) -> None:
    while seconds(began) < PATIENCE:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310  loopback
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    msg = f"{address} did not answer"
    raise TimeoutError(msg)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        figures = {"cold": start(home), "warm": start(home)}
    write_result("demo", "python -m benchmarks.demo_start", figures)


if __name__ == "__main__":
    main()
