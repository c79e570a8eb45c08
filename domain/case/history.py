"""Cases out of a foreign log: facts are kept as told, no live rule judges them."""

from typing import assert_never

from domain.case import commands as c
from domain.case import events as e
from domain.case import refusals
from domain.case.state import Case, Stage
from domain.office.decisions import OfficeNotFound
from domain.office.state import Office

Events = tuple[e.CaseEvent, ...]


def record(case: Case, command: c.SourceCommand, office: Office | None) -> Events:
    """Keep one source fact; broken rules become findings later, not refusals."""
    if case.exists and not case.is_imported:
        raise refusals.CaseIsNotImported(case=case.case_no)
    match command:
        case c.RecordSourceCase():
            return _record_case(case, command, office)
        case c.RecordSourceStep():
            return _record_step(case, command)
        case c.RecordSourceEnd():
            return _record_end(case, command)
        case _:
            assert_never(command)


def _record_case(
    case: Case, command: c.RecordSourceCase, office: Office | None
) -> Events:
    if case.exists:
        return ()
    if office is None or not office.exists:
        raise OfficeNotFound(code=command.office_code)
    return (
        e.SourceCaseRecorded(
            case_id=command.case_id,
            source_case=command.source_case,
            source_log=command.source_log,
            office_code=command.office_code,
            item_name=command.item_name,
            channel=command.channel,
            opened_at=command.opened_at,
            deadline_at=command.deadline_at,
            attributes=command.attributes,
        ),
    )


def _record_step(case: Case, command: c.RecordSourceStep) -> Events:
    _require_case(case)
    step = e.SourceStepRecorded(
        activity=command.activity,
        transition=command.transition,
        step=command.step,
        kind=command.kind,
        officer=command.officer,
        group=command.group,
    )
    before, now = command.previous_officer, command.officer
    if before is None or now is None or before == now:
        return (step,)
    return (e.SourceHandoverDerived(from_officer=before, to_officer=now), step)


def _record_end(case: Case, command: c.RecordSourceEnd) -> Events:
    _require_case(case)
    if case.stage is Stage.SOURCE_ENDED:
        return ()
    return (e.SourceCaseEnded(ended_at=command.ended_at),)


def _require_case(case: Case) -> None:
    if not case.exists:
        raise refusals.CaseNotFound
