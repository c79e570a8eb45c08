"""A municipality's log through the product's own door: its figures, over HTTP.

The log is imported from a copy that is then taken away; it was interrupted by
kill -9, imported again, and again with its cases in another order; the views were
dropped and rebuilt. Every figure is asked of the API.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.authority import Role
from infra.initialise import begin
from infra.opening import open_log
from infra.services import Services, open_services
from infra.settings import Settings
from projections.all_views import ALL
from projections.runner import Runner
from tests.api import receipt
from tests.api.county import Caller, county_of
from tests.world import START, World

SECONDS = 1000
EARLY = 3_000


def import_in_process(
    services: Services, log: Path, kill_at: int | None = None
) -> int | None:
    """Import in a process of its own; killed when the log has ``kill_at`` events."""
    process = subprocess.Popen(
        [
            sys.executable,
            *("-m", "tests.consumers.import_once"),
            *(services.database.conninfo, str(services.settings.home)),
            *(str(log), str(receipt.MAPPING)),
        ],
        cwd=receipt.ROOT,
        stdout=subprocess.DEVNULL,
    )
    if kill_at is None:
        return process.wait()
    while services.log.last_position() < kill_at and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    return process.wait()


def import_all(services: Services, folder: Path) -> None:
    log = receipt.copied(folder)
    assert import_in_process(services, log, kill_at=EARLY) != 0
    assert import_in_process(services, log) == 0
    last = services.log.last_position()
    assert import_in_process(services, log) == 0
    shuffled = receipt.copied(folder, shuffled=True)
    assert import_in_process(services, shuffled) == 0
    assert services.log.last_position() == last
    os.remove(shuffled)  # noqa: PTH107  the same file as the first copy


@pytest.fixture(scope="module")
def caller(
    module_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Caller]:
    begin(module_database_url, simulated=True, instant=START)
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    with open_services(settings, module_database_url) as services:
        open_log(services)
        import_all(services, tmp_path_factory.mktemp("source"))
        runner = Runner(services.log, services.database, ALL)
        runner.catch_up()
        for view in ALL:
            runner.rebuild(view.NAME)
        with county_of(World(services)) as county:
            yield county.caller(Role.SUPERVISOR, receipt.OFFICE)


def asked(caller: Caller, path: str, **params: str | int) -> dict[str, Any]:
    response = caller.get(path, office=receipt.OFFICE, **params)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def total(caller: Caller) -> dict[str, Any]:
    figures: dict[str, Any] = asked(caller, "/views/efficiency")["figures"][0]
    return figures


pytestmark = pytest.mark.timeout(300)


def test_cases_events_and_handovers(caller: Caller) -> None:
    oracle, figures = receipt.oracle(), total(caller)
    assert figures["cases"] == oracle["counts"]["cases"] == 1434
    assert figures["source_steps"] == oracle["counts"]["events"] == 8577
    between = oracle["handover"]["between_different"]
    assert figures["derived_handovers"] == between == 1208
    assert figures["handovers"] == 0  # none was recorded


def test_rework(caller: Caller) -> None:
    rework, figures = receipt.oracle()["rework"], total(caller)
    assert figures["rework_cases"] == rework["cases_any"] == 91
    assert figures["rework_steps"] == rework["extra_events"]


def test_variants_activities_and_edges(caller: Caller) -> None:
    oracle, paths = receipt.oracle(), asked(caller, "/views/paths")
    assert paths["summary"]["variants"] == oracle["counts"]["variants"] == 116
    assert paths["summary"]["edges"] == oracle["edges_total_distinct"]
    counted = {each["activity"]: each["events"] for each in paths["activities"]}
    assert counted == oracle["activity_events"]
    top = paths["variants"][0]
    assert (top["activities"], top["cases"]) == (
        oracle["top_variants"][0]["trace"],
        oracle["top_variants"][0]["cases"],
    )


def test_throughput_to_the_millisecond(caller: Caller) -> None:
    told = asked(caller, "/views/paths")["summary"]
    oracle = receipt.oracle()["throughput_s"]
    for name in ("mean", "median", "p90", "p95", "max", "min"):
        assert told[f"{name}_ms"] / SECONDS == pytest.approx(oracle[name], abs=0.001)


def test_events_and_cases_per_officer(caller: Caller) -> None:
    oracle = receipt.oracle()
    officers = asked(caller, "/views/efficiency", by="officer")["officers"]
    assert {o["name"]: o["steps"] for o in officers} == oracle["resource_events"]
    assert {o["name"]: o["cases"] for o in officers} == oracle["resource_cases"]


def test_open_and_overdue_at_each_instant(caller: Caller) -> None:
    for row in receipt.oracle()["open_at_case_window"]["rows"]:
        told = asked(caller, "/views/warnings/counts", effective_at=row["at"])
        for name in ("started_by", "open", "overdue"):
            assert told[name] == row[name], row["at"]
        assert told["tiers"]["red"] == row["overdue"]


def test_open_in_the_receipt_phase_at_each_instant(caller: Caller) -> None:
    for row in receipt.oracle()["open_at_event_window"]:
        told = asked(
            caller, "/views/warnings/counts", effective_at=row["at"], window="steps"
        )
        assert (told["started_by"], told["open"]) == (row["started_by"], row["open"])


def test_ended_in_time_and_late(caller: Caller) -> None:
    deadline, figures = receipt.oracle()["deadline"], total(caller)
    assert figures["on_time"] == deadline["ended_in_time"]
    late = figures["judged_on_time"] - figures["on_time"]
    assert late == deadline["ended_late"]
    assert figures["cases"] - figures["finished"] == deadline["no_enddate"]


def test_there_is_no_data_where_the_log_has_none(caller: Caller) -> None:
    figures = total(caller)
    assert figures["rated"] == 0
    assert figures["average_workdays"] is None
