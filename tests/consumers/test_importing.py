"""Importing through the door: once, in order, resumable, nothing invented."""

from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from consumers.foreign_log.importing import import_log
from consumers.foreign_log.report import ImportReport
from domain.case.events import (
    SourceCaseEnded,
    SourceCaseRecorded,
    SourceHandoverDerived,
    SourceStepRecorded,
)
from infra.envelope import Recorded
from infra.services import Services
from infra.subjects.streams import source_case_id
from tests.consumers import small_log
from tests.rules import rule

CASES, STEPS = 8, 40


def facts(services: Services) -> list[object]:
    """All that the log holds of the import, in order, without instants of recording."""
    return [
        (r.originator_id, r.originator_version, msgspec.to_builtins(r.event), r.meta)
        for r in services.log.after(0, 100_000)
        if r.meta.provenance is not None
    ]


def imported(services: Services, folder: Path, lines: list[str]) -> ImportReport:
    log, mapping = small_log.write(folder, lines)
    return import_log(services, log, mapping)


def stream(services: Services, case: str) -> list[Recorded]:
    return services.log.stream(source_case_id("small", case))


@rule("A-14")
def test_every_row_becomes_one_fact_in_order_of_time(
    services: Services, tmp_path: Path
) -> None:
    report = imported(services, tmp_path, small_log.rows())
    events = [r for r in services.log.after(0, 1000) if "imported" in r.meta.flags]
    kinds = [type(r.event) for r in events]
    assert kinds.count(SourceCaseRecorded) == kinds.count(SourceCaseEnded) == CASES
    assert kinds.count(SourceStepRecorded) == report.rows == STEPS
    steps = [r.effective_at for r in events if isinstance(r.event, SourceStepRecorded)]
    assert steps == sorted(steps)


@rule("A-14")
def test_provenance_and_flags_say_what_was_recorded_and_what_derived(
    services: Services, tmp_path: Path
) -> None:
    imported(services, tmp_path, small_log.rows())
    case = stream(services, "c1")
    assert {r.meta.provenance.log for r in case if r.meta.provenance} == {"small"}
    derived = [r for r in case if isinstance(r.event, SourceHandoverDerived)]
    assert [r.meta.flags for r in derived] == [("imported", "derived")]
    assert all(r.meta.flags == ("imported",) for r in case if r not in derived)
    step = next(r for r in case if isinstance(r.event, SourceStepRecorded))
    assert step.meta.provenance is not None
    assert step.meta.provenance.row == "row:c1:1"
    assert step.event.step is None  # “receive” is not named by the mapping


def test_a_second_import_adds_nothing(services: Services, tmp_path: Path) -> None:
    first = imported(services, tmp_path, small_log.rows())
    before = facts(services)
    again = imported(services, tmp_path, small_log.rows())
    assert (again.recorded, again.refused) == (0, 0)
    # The office was registered by the first import only.
    assert again.already == first.recorded - 1
    assert facts(services) == before


def test_cases_in_another_order_are_the_same_cases(
    services: Services, tmp_path: Path
) -> None:
    imported(services, tmp_path, small_log.rows())
    before = facts(services)
    other = imported(services, tmp_path, small_log.shuffled(small_log.rows()))
    assert (other.recorded, other.refused) == (0, 0)
    assert facts(services) == before


def test_a_changed_row_under_a_known_id_is_refused(
    services: Services, tmp_path: Path
) -> None:
    lines = small_log.rows()
    imported(services, tmp_path, lines)
    before = facts(services)
    lines[3] = lines[3].replace("ponder", "reconsider")
    report = imported(services, tmp_path, lines)
    assert report.refused == 1
    assert report.refused_rows[0].row == "row:c0:4"
    assert report.refused_rows[0].code == "idempotency-key-is-reused"
    assert facts(services) == before


def test_until_leaves_the_future_out_and_a_later_import_adds_it(
    services: Services, tmp_path: Path
) -> None:
    log, mapping = small_log.write(tmp_path, small_log.rows())
    until = datetime.fromisoformat("2026-09-05T00:00:00+08:00")
    import_log(services, log, mapping, until=until)
    early = [r for r in services.log.after(0, 1000) if r.meta.provenance]
    assert all(r.effective_at <= until for r in early if r.meta.effective_at)
    assert 0 < len(early) < STEPS
    import_log(services, log, mapping)
    assert len(stream(services, "c7")) == len(stream(services, "c0"))


def test_unreadable_rows_are_told_and_the_rest_goes_on(
    services: Services, tmp_path: Path
) -> None:
    lines = small_log.rows()
    lines[5] = "c1,1,receive,not a time,officer-1,2026-09-02T09:00:00,,"
    report = imported(services, tmp_path, lines)
    assert (report.rows, report.unreadable) == (STEPS - 1, 1)
    assert report.rejects_file is not None
    assert "not a time" in report.rejects_file.read_text(encoding="utf-8")


@rule("R-130", "A-03")
def test_broken_rules_are_findings_and_nothing_is_refused(
    services: Services, tmp_path: Path
) -> None:
    lines = small_log.rows()
    lines[2] = lines[2].replace("accept", "nod")  # c0 decides without acceptance
    report = imported(services, tmp_path, lines)
    assert report.findings["decided-before-accepted"] == ["c0"]
    assert report.findings["ended-after-deadline"] == ["c1", "c3", "c5", "c7"]
    assert report.refused == 0


def test_a_log_without_its_office_above_is_refused_with_the_reason(
    services: Services, tmp_path: Path
) -> None:
    log, mapping = small_log.write(tmp_path, small_log.rows())
    village = small_log.MAPPING.replace("640323000000", "640323101000")
    mapping.write_text(village, encoding="utf-8")
    report = import_log(services, log, mapping)
    assert {r.code for r in report.refused_rows} >= {"parent-office-not-found"}
    assert facts(services) == []


def test_a_change_in_a_column_that_is_not_mapped_is_a_change(
    services: Services, tmp_path: Path
) -> None:
    log, mapping = small_log.write(tmp_path, small_log.rows())
    header, *lines = log.read_text(encoding="utf-8").splitlines()
    noted = [f"{header},note", *(f"{line},seen" for line in lines)]
    log.write_text("\n".join(noted), encoding="utf-8")
    import_log(services, log, mapping)
    noted[7] = noted[7].replace("seen", "edited")
    log.write_text("\n".join(noted), encoding="utf-8")
    assert [r.row for r in import_log(services, log, mapping).refused_rows] == [
        "row:c1:2"
    ]


@pytest.mark.parametrize("word", ["cases", "rows"])
def test_the_report_reads_for_people_and_machines(
    services: Services, tmp_path: Path, word: str
) -> None:
    report = imported(services, tmp_path, small_log.rows())
    assert word in report.in_words()
    assert msgspec.json.decode(report.as_json())[word] == getattr(report, word)
