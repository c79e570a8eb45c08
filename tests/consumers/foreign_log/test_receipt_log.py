"""A real municipal log, read by its mapping alone, against an independent count."""

import json
import os
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from consumers.foreign_log.mapping import read_mapping
from consumers.foreign_log.rows import Opening, Step
from consumers.foreign_log.staged import Staged
from consumers.foreign_log.staging import stage

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
LOG, ORACLE = DATA / "receipt_events.csv.gz", DATA / "oracle_receipt.json"
Oracle = dict[str, Any]
MAPPING = ROOT / "consumers" / "foreign_log" / "mappings" / "receipt.toml"

# In CI (the variable is set there) an absent log is a failure, not a skip.
pytestmark = pytest.mark.skipif(
    not LOG.exists() and "CI" not in os.environ,
    reason="the receipt log (../shared/data/receipt_events.csv.gz) is not here",
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    return stage(LOG, read_mapping(MAPPING), tmp_path_factory.mktemp("receipt"))


@pytest.fixture(scope="module")
def steps(log: Staged) -> list[Step]:
    return [item for item in log.ordered() if isinstance(item, Step)]


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    figures: Oracle = json.loads(ORACLE.read_text(encoding="utf-8"))
    return figures


def test_every_row_of_the_receipt_log_is_read(log: Staged, oracle: Oracle) -> None:
    counts = log.counts
    assert (counts.cases, counts.rows) == (1_434, 8_577)
    assert counts.cases == oracle["counts"]["cases"]
    assert counts.rows == oracle["counts"]["events"]
    assert (counts.unreadable, counts.duplicates, counts.findings) == (0, 0, 0)


def test_activities_are_those_of_the_oracle(log: Staged, oracle: Oracle) -> None:
    found = {counted.activity: counted.rows for counted in log.activities()}
    assert found == oracle["activity_events"]
    assert len(found) == 27


def test_officers_and_their_changes_are_those_of_the_oracle(
    steps: list[Step], oracle: Oracle
) -> None:
    by_officer = Counter(step.row.officer for step in steps)
    assert by_officer == oracle["resource_events"]
    assert len(by_officer) == 48
    changes = sum(step.previous_officer is not None for step in steps)
    assert changes == oracle["handover"]["between_different"] == 1_208


def test_the_ways_of_cases_are_those_of_the_oracle(
    steps: list[Step], oracle: Oracle
) -> None:
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for step in steps:
        ways[step.row.case].append(step.row.activity)
    variants = Counter(map(tuple, ways.values()))
    assert len(variants) == oracle["counts"]["variants"] == 116
    reworked = sum(len(set(way)) < len(way) for way in ways.values())
    assert reworked == oracle["rework"]["cases_any"]


def test_until_an_instant_no_later_case_is_seen(log: Staged, oracle: Oracle) -> None:
    instants = zip(
        oracle["open_at_case_window"]["rows"],
        oracle["open_at_event_window"],
        strict=True,
    )
    for whole, phase in instants:
        at = datetime.fromisoformat(whole["at"])
        items = [*log.ordered(at)]
        opened = [i.case for i in items if isinstance(i, Opening)]
        begun = [case for case in opened if case.opened_at and case.opened_at <= at]
        ended = sum(case.ended_at is not None for case in begun)
        assert len(begun) == whole["started_by"]
        assert len(begun) - ended == whole["open"]
        started = {i.row.case for i in items if isinstance(i, Step)}
        assert len(started) == phase["started_by"]
