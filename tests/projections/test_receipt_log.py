"""A municipality's log told fact by fact: the views' figures are those of its rows.

The importer has no part in it; what it makes of the log is asked over HTTP elsewhere.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import pytest

from domain.calendar.due import local_date
from domain.case.state import fold
from infra.database import Role
from infra.initialise import begin
from infra.services import Services, open_services
from infra.settings import Settings
from projections import officers as directory
from projections import paths
from projections.all_views import ALL
from projections.performance import By, officers, performance
from projections.runner import Runner
from projections.scope import Scope
from projections.warnings import Window, counts, warnings
from tests.projections import receipt_facts as receipt
from tests.projections.scribe import Scribe
from tests.world import START

SCOPE = Scope.of(receipt.OFFICE)
BOUNDS = ("case_start", "case_end", "deadline")
MS = 1000
Answer = TypeVar("Answer")
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def log() -> list[receipt.Row]:
    return receipt.rows()


@pytest.fixture(scope="module")
def oracle(log: list[receipt.Row]) -> dict[str, Any]:
    """Figures made from the same rows by another program."""
    assert log
    path = receipt.LOG.with_name("oracle_receipt.json")
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def services(
    log: list[receipt.Row],
    module_database_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Services]:
    begin(module_database_url, simulated=True, instant=START)
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    with open_services(settings, module_database_url) as opened:
        Scribe(opened).write(receipt.facts(log))
        Runner(opened.log, opened.database, ALL).catch_up()
        yield opened


def ask(services: Services, query: Callable[..., Answer], *args: object) -> Answer:
    with services.database.transaction(Role.READER) as cursor:
        return query(cursor, SCOPE, *args)


def test_open_and_overdue(services: Services, oracle: dict[str, Any]) -> None:
    for row in oracle["open_at_case_window"]["rows"]:
        at = datetime.fromisoformat(row["at"])
        told = ask(services, counts, at, Window.CASE)
        for name in ("started_by", "open", "overdue"):
            assert getattr(told, name) == row[name], row


def test_open_between_first_and_last_step(
    services: Services, oracle: dict[str, Any]
) -> None:
    for row in oracle["open_at_event_window"]:
        at = datetime.fromisoformat(row["at"])
        told = ask(services, counts, at, Window.STEPS)
        assert (told.started_by, told.open) == (row["started_by"], row["open"])


def test_open_at_the_very_instants_of_the_log(
    services: Services, log: list[receipt.Row]
) -> None:
    """Begun at or before, not ended yet: equality belongs to the later side."""
    cases = {row["case_id"]: row for row in log}.values()
    spans = [[instant(case[name]) for name in BOUNDS] for case in cases]
    for at in {at for span in spans[::150] for at in span if at}:
        begun = [span for span in spans if span[0] and span[0] <= at]
        is_open = [span for span in begun if span[1] is None or span[1] > at]
        overdue = [span for span in is_open if span[2] and span[2] <= at]
        told = ask(services, counts, at, Window.CASE)
        wanted = (len(begun), len(is_open), len(overdue))
        assert (told.started_by, told.open, told.overdue) == wanted


def instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def test_an_open_case_is_shown_as_it_stood_then(services: Services) -> None:
    for month in (3, 8):
        at = datetime(2011, month, 1, tzinfo=UTC)
        found = ask(services, warnings, at)
        streams = services.log.streams(each.case_id for each in found)
        for each in found:
            begun, *later = streams[each.case_id]
            known = [r.event for r in later if r.effective_at <= at]
            case = fold([begun.event, *known])
            assert (each.stage, each.responsible) == (case.stage, case.responsible)


def test_totals(services: Services, oracle: dict[str, Any]) -> None:
    (row,) = ask(services, performance, By.TOTAL)
    deadline, rework = oracle["deadline"], oracle["rework"]
    assert (row["cases"], row["source_steps"]) == (1434, 8577)
    assert row["derived_handovers"] == oracle["handover"]["between_different"] == 1208
    assert (row["rework_cases"], row["rework_steps"]) == (
        rework["cases_any"],
        rework["extra_events"],
    )
    assert row["on_time"] == deadline["ended_in_time"]
    assert row["judged_on_time"] - row["on_time"] == deadline["ended_late"]
    life = deadline["case_life_s_start_to_end"]
    assert row["average_seconds"] == pytest.approx(life["mean"], abs=0.01)
    assert (row["rated"], row["average_workdays"], row["handovers"]) == (0, None, 0)


def test_every_officer(services: Services, oracle: dict[str, Any]) -> None:
    """A case counts once for each officer with at least one event in it."""
    rows = ask(services, officers)
    ids: list[UUID] = [row["officer"] for row in rows]
    with services.database.transaction(Role.READER) as cursor:
        names = directory.names(cursor, ids)
    told = {names[row["officer"]]: row for row in rows}
    steps = {name: row["steps"] for name, row in told.items()}
    cases = {name: row["cases"] for name, row in told.items()}
    assert (steps, cases) == (oracle["resource_events"], oracle["resource_cases"])
    assert sum(row["handed_over"] for row in rows) == 1208


def test_every_day(services: Services, log: list[receipt.Row]) -> None:
    spans = {row["case_id"]: (row["case_start"], row["case_end"]) for row in log}
    wanted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start, end in spans.values():
        wanted["received"][day(start)] += 1
        if end:
            wanted["finished"][day(end)] += 1
    wanted["source_steps"].update(day(row["timestamp"]) for row in log)
    rows = ask(services, performance, By.DAY)
    for name, counted in wanted.items():
        told = {row["key"]: row[name] for row in rows if row[name]}
        assert told == counted


def day(text: str) -> str:
    return local_date(datetime.fromisoformat(text)).isoformat()


def test_ways(services: Services, oracle: dict[str, Any]) -> None:
    row = ask(services, paths.summary)
    assert row["variants"] == oracle["counts"]["variants"] == 116
    assert row["activities"] == oracle["counts"]["activities"] == 27
    assert row["edges"] == oracle["edges_total_distinct"] == 99
    for name in ("mean", "median", "p90", "p95", "max", "min"):
        wanted = oracle["throughput_s"][name] * MS
        assert row[f"{name}_ms"] == pytest.approx(wanted, abs=1), name
    counted = ask(services, paths.activities, 99)
    assert {r["activity"]: r["events"] for r in counted} == oracle["activity_events"]
    tops = [(t["cases"], t["trace"]) for t in oracle["top_variants"][:4]]
    told = ask(services, paths.variants, 4)
    assert [(v["cases"], v["activities"]) for v in told] == tops
