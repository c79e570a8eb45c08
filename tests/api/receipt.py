"""The municipal log that figures are checked with; not part of the project."""

import csv
import gzip
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
LOG = DATA / "receipt_events.csv.gz"
MAPPING = ROOT / "consumers" / "foreign_log" / "mappings" / "receipt.toml"
OFFICE = "640399000000"


def copied(folder: Path, *, shuffled: bool = False) -> Path:
    """A copy that may be taken away; ``shuffled``: cases in another order."""
    if not LOG.exists() and "CI" not in os.environ:
        pytest.skip("the municipal log is not here: ../shared/data")
    target = folder / LOG.name
    with gzip.open(LOG, "rt", encoding="utf-8", newline="") as source:
        header, *rows = list(csv.reader(source))
    if shuffled:
        rows = _in_another_order(rows)
    with gzip.open(target, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return target


def _in_another_order(rows: list[list[str]]) -> list[list[str]]:
    cases: dict[str, list[list[str]]] = {}
    for row in rows:
        cases.setdefault(row[0], []).append(row)
    order = list(cases)
    random.Random(20261124).shuffle(order)  # noqa: S311  a test's order
    return [row for case in order for row in cases[case]]


def oracle() -> dict[str, Any]:
    """Figures made from the raw log by another program."""
    text = (DATA / "oracle_receipt.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read
