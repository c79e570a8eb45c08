"""The municipal log's rows as facts, read here without the importer."""

import csv
import gzip
import os
import random
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, pairwise
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from domain.case import events as e
from domain.staff.events import SourceOfficerNamed
from tests.projections.scribe import Fact

LOG = Path(__file__).parents[3] / "shared" / "data" / "receipt_events.csv.gz"
OFFICE = "640399000000"
SPACE = UUID(int=77)
ACCEPTED = "T04 Determine confirmation of receipt"
IMPORTED, DERIVED = ("imported",), ("imported", "derived")
Row = dict[str, str]


def rows() -> list[Row]:
    """All rows; skips where the log is not, but never in CI."""
    if not LOG.exists() and "CI" not in os.environ:
        pytest.skip("the municipal log is not here: ../shared/data")
    with gzip.open(LOG, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts(log: list[Row]) -> Iterator[Fact]:
    """First the officers, then the cases in an order of their own."""
    for name in sorted({row["resource"] for row in log}):
        yield Fact(stream=_id(name), event=_officer(name))
    cases = [list(of) for _, of in groupby(log, key=lambda row: row["case_id"])]
    random.Random(20261124).shuffle(cases)  # noqa: S311  a test's order
    for case in cases:
        yield from _case(case)


def _case(case: list[Row]) -> Iterator[Fact]:
    first, stream = case[0], _id(case[0]["case_id"])
    opened_at = _instant(first["case_start"])
    begun = e.SourceCaseRecorded(
        case_id=stream,
        source_case=first["case_id"],
        source_log="receipt",
        office_code=OFFICE,
        item_name=None,
        channel=first["case_channel"],
        opened_at=opened_at,
        deadline_at=_instant(first["deadline"]),
        attributes=(),
    )
    yield Fact(stream=stream, event=begun, at=opened_at, flags=IMPORTED)
    yield _step(first)
    for before, row in pairwise(case):
        if before["resource"] != row["resource"]:
            yield _handover(before, row)
        yield _step(row)
    if first["case_end"]:
        ended_at = _instant(first["case_end"])
        ended = e.SourceCaseEnded(ended_at=ended_at)
        yield Fact(stream=stream, event=ended, at=ended_at, flags=IMPORTED)


def _step(row: Row) -> Fact:
    event = e.SourceStepRecorded(
        activity=row["activity"],
        transition=None,
        step="accepted" if row["activity"] == ACCEPTED else None,
        kind=None,
        officer=_id(row["resource"]),
        group=row["org_group"],
    )
    at = _instant(row["timestamp"])
    return Fact(stream=_id(row["case_id"]), event=event, at=at, flags=IMPORTED)


def _handover(before: Row, row: Row) -> Fact:
    event = e.SourceHandoverDerived(
        from_officer=_id(before["resource"]), to_officer=_id(row["resource"])
    )
    at = _instant(row["timestamp"])
    return Fact(stream=_id(row["case_id"]), event=event, at=at, flags=DERIVED)


def _officer(name: str) -> SourceOfficerNamed:
    return SourceOfficerNamed(officer_id=_id(name), label=name, office_code=OFFICE)


def _id(name: str) -> UUID:
    return uuid5(SPACE, name)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
