"""A small foreign log, written for tests: eight cases with some dirt."""

import random
from collections.abc import Iterable
from pathlib import Path

HEADER = "case,seq,activity,at,officer,opened,ended,due"
MAPPING = """
[log]
name = "small"
version = "1"
format = "csv"
timezone = "Asia/Shanghai"

[office]
code = "640323000000"
name = "盐池县政务服务中心"

[case]
id = "case"
opened_at = "opened"
ended_at = "ended"
deadline = "due"

[[event]]
activity = "activity"
at = "at"
officer = "officer"
sequence = "seq"

[steps."accept"]
step = "accepted"
kind = "own"

[steps."decide"]
step = "decided"
kind = "proxy"
"""
ACTIVITIES = ("receive", "check", "accept", "ponder", "decide")


def rows(cases: int = 8) -> list[str]:
    """Lines of the log; case n has two officers, an end and a due date."""
    lines = []
    for case in range(cases):
        opened = f"2026-09-{case % 20 + 1:02}T09:00:00"
        ended = f"2026-09-{case % 20 + 9:02}T10:00:00"
        due = f"2026-09-{case % 20 + 5:02}T17:00:00" if case % 2 else ""
        for seq, activity in enumerate(ACTIVITIES, start=1):
            at = f"2026-09-{case % 20 + seq:02}T{9 + case % 8:02}:30:00"
            officer = f"officer-{(case + seq // 3) % 4}"
            lines.append(
                f"c{case},{seq},{activity},{at},{officer},{opened},{ended},{due}"
            )
    return lines


def shuffled(lines: Iterable[str]) -> list[str]:
    """The same cases in another order, each case's rows still in its own."""
    by_case: dict[str, list[str]] = {}
    for line in lines:
        by_case.setdefault(line.split(",", 1)[0], []).append(line)
    order = list(by_case)
    random.Random(7).shuffle(order)  # noqa: S311  a test's order
    return [line for case in order for line in by_case[case]]


def write(folder: Path, lines: Iterable[str]) -> tuple[Path, Path]:
    """The log and its mapping as files."""
    folder.mkdir(parents=True, exist_ok=True)
    log, mapping = folder / "small.csv", folder / "small.toml"
    log.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    return log, mapping
