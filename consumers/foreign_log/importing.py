"""Importing a foreign log through the door: resumable, idempotent, nothing invented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from consumers.foreign_log.commands import Commands
from consumers.foreign_log.mapping import Mapping, read_mapping
from consumers.foreign_log.progress import Unwatched, Watcher
from consumers.foreign_log.rejects import write_rejects
from consumers.foreign_log.report import ImportReport, RefusedRow
from consumers.foreign_log.rows import Opening
from consumers.foreign_log.staged import Staged
from consumers.foreign_log.staging import stage
from domain.case.events import SourceHandoverDerived
from domain.case.findings import RULES, Recordable, findings
from infra.context import Request
from infra.outcome import Outcome, Status
from infra.services import Services
from infra.subjects.streams import office_stream

T = TypeVar("T")
BATCH = 200
CASES_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One import under way: its source in order of time, and what it came to."""

    services: Services
    staged: Staged
    mapping: Mapping
    report: ImportReport
    until: datetime | None


def import_log(
    services: Services,
    file: Path,
    mapping_file: Path,
    *,
    until: datetime | None = None,
    watcher: Watcher | None = None,
) -> ImportReport:
    """Record what ``file`` tells, up to ``until``; what is known stays as it is.

    Every fact has a key of its own, so a second, an interrupted or a shuffled
    import ends the same. Raises ``MappingIsWrong`` and ``LogDoesNotFit``.
    """
    watcher = watcher or Unwatched()
    mapping = read_mapping(mapping_file)
    staged = stage(file, mapping, services.settings.home / "imports", watcher.reading)
    report = _counted(staged, mapping)
    job = Job(
        services=services, staged=staged, mapping=mapping, report=report, until=until
    )
    _record(job, watcher)
    _find(job)
    if report.unreadable:
        report.rejects_file = file.with_name(f"{file.name}.rejects.csv")
        write_rejects(report.rejects_file, staged.unreadable())
    staged.discard()
    return report


def _counted(staged: Staged, mapping: Mapping) -> ImportReport:
    counts = staged.counts
    report = ImportReport(
        log=mapping.log.name,
        mapping_version=mapping.log.version,
        cases=counts.cases,
        rows=counts.rows,
        neutral=counts.neutral,
        skipped=counts.skipped,
        duplicates=counts.duplicates,
        unreadable=counts.unreadable,
        rules={code.value: rule for code, rule in RULES.items()},
    )
    for finding in staged.findings():
        report.find(finding.code, finding.case)
    return report


def _record(job: Job, watcher: Watcher) -> None:
    """Facts in order of time; a batch is appended whole or not at all."""
    commands = Commands(
        mapping=job.mapping,
        now=job.services.clock(),
        known_offices=_known_offices(job.services, job.mapping),
    )
    total, done = job.staged.items, 0
    for items in _chunks(job.staged.ordered(job.until), BATCH):
        requests = [request for item in items for request in commands.of(item)]
        outcomes = job.services.desk.execute_all(requests)
        for request, outcome in zip(requests, outcomes, strict=True):
            _note(job.report, request, outcome)
        done += len(items)
        watcher.recording(done, total)


def _note(report: ImportReport, request: Request, outcome: Outcome) -> None:
    if outcome.refusal is not None:
        row = RefusedRow(
            row=request.context.key,
            code=outcome.refusal.code,
            rule=outcome.refusal.rule,
        )
        report.refuse(row)
    elif outcome.is_repeated or outcome.status is Status.ALREADY_SO:
        report.already += 1
    else:
        report.recorded += 1


def _known_offices(services: Services, mapping: Mapping) -> set[str]:
    """Offices of the mapping that are registered already, by whatever name."""
    codes = [mapping.office.code, *(o.code for o in mapping.offices.values())]
    streams = services.log.streams(office_stream(code) for code in codes)
    return {code for code in codes if streams[office_stream(code)]}


def _find(job: Job) -> None:
    """Look at each case as it now lies in the log: broken rules become findings."""
    mapping = job.mapping
    recordable = Recordable(
        steps=frozenset(meaning.step for meaning in mapping.steps.values()),
        officers=any(event.officer for event in mapping.events),
    )
    commands = Commands(mapping=mapping, now=job.services.clock(), known_offices=set())
    ordered = job.staged.ordered(job.until)
    cases = (item.case.case for item in ordered if isinstance(item, Opening))
    for chunk in _chunks(cases, CASES_AT_ONCE):
        names = {commands.case_id(case): case for case in chunk}
        _find_in(job.services, names, recordable, job.report)


def _find_in(
    services: Services,
    names: dict[UUID, str],
    recordable: Recordable,
    report: ImportReport,
) -> None:
    for case_id, recorded in services.log.streams(names).items():
        history = [(r.event, r.effective_at) for r in recorded]
        for code in findings(history, recordable):
            report.find(code, names[case_id])
        report.derived_handovers += sum(
            isinstance(event, SourceHandoverDerived) for event, _ in history
        )


def _chunks(items: Iterator[T], size: int) -> Iterator[Sequence[T]]:
    while chunk := list(islice(items, size)):
        yield chunk
