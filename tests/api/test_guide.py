"""docs/guide/first-case.md, run line by line against a county of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide" / "first-case.md"
TOLD = re.compile(r"#= (\d{3})(?: ([a-z-]+))?\s*$")
COMMANDS = ("give ", "curl ")
PATIENCE = 60.0


def blocks() -> list[str]:
    """The shell of the page, without the block that starts the county."""
    page = GUIDE.read_text(encoding="utf-8")
    return re.findall(r"```sh\n(.*?)```", page, re.DOTALL)[1:]


def script() -> tuple[str, list[tuple[str, str]]]:
    """The shell, each answer marked with its number, and what the page tells of it."""
    lines: list[str] = []
    told: list[tuple[str, str]] = []
    for line in "\n".join(blocks()).splitlines():
        found = TOLD.search(line)
        lines.append(TOLD.sub("", line))
        if found is None:
            continue
        start = max(n for n, each in enumerate(lines) if each.startswith(COMMANDS))
        lines[start] = f"answer=$({lines[start]}"
        lines[-1] += f'); echo "@@{len(told)} $answer"'
        told.append((found[1], found[2] or ""))
    return "\n".join(lines), told


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """`banjian demo --log sample` in a home of its own: the environment to reach it."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not here: apt-get install curl")
    home = tmp_path_factory.mktemp("guide")
    for folder in (home, *home.parents[:2]):
        folder.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environ = os.environ | {
        "BANJIAN_HOME": str(home),
        "BANJIAN_PORT": port,
        "BANJIAN_DURABLE": "false",
    }
    command = [sys.executable, "-m", "infra.main", "demo", "--log", "sample"]
    with subprocess.Popen(command, cwd=ROOT, env=environ) as process:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield environ | {"api": f"http://127.0.0.1:{port}/api/v1"}
        process.send_signal(signal.SIGINT)
        assert process.wait(20) is not None


def wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310  loopback
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    pytest.fail("the county did not open")


@pytest.mark.timeout(180)
def test_every_answer_is_as_the_page_tells_it(county: dict[str, str]) -> None:
    shell, told = script()
    ran = subprocess.run(
        ["bash", "-c", shell],
        cwd=ROOT,
        env=county,
        capture_output=True,
        text=True,
        check=False,
    )
    answers = dict(re.findall(r"@@(\d+) (.*)", ran.stdout))
    wrong = {
        number: (status, code, answers.get(str(number), "")[:300])
        for number, (status, code) in enumerate(told)
        if not answers.get(str(number), "").endswith(status)
        or f'"code":"{code}"' not in answers.get(str(number), "") + '"code":""'
    }
    assert wrong == {}
    assert "case.rated.v1" in ran.stdout  # what `banjian replay` shows at the end
