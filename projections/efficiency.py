"""Efficiency monitoring: what each case came to, and who did how much of it."""

from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from domain.calendar.due import due, is_on_time, local_date
from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.rejections import CalendarYearUnknown
from domain.calendar.workdays import workdays_between
from domain.case import events as e
from domain.case.milestones import Milestone, milestone
from infra.envelope import Recorded
from projections.known_calendar import COLUMNS, keep, read_calendar
from projections.view import ReadCursor

NAME, VERSION = "efficiency", 1
TABLES: tuple[LiteralString, ...] = (
    "efficiency_v1",
    "efficiency_officers_v1",
    "efficiency_known_v1",
)
KNOWN: LiteralString = "views.efficiency_known_v1"
CASES: LiteralString = """
CREATE TABLE views.efficiency_v1 (
    case_id uuid PRIMARY KEY, office_code text NOT NULL, is_imported boolean NOT NULL,
    received_on date, accepted_on date, finished_on date, opened_at timestamptz,
    finished_at timestamptz, deadline_at timestamptz, promised_limit int,
    limit_unit text, is_on_time boolean, workdays int, rating text,
    handovers int NOT NULL DEFAULT 0, derived_handovers int NOT NULL DEFAULT 0,
    activities text[] NOT NULL DEFAULT '{}', steps int NOT NULL DEFAULT 0,
    last_officer uuid
);
CREATE INDEX ON views.efficiency_v1 (office_code);
CREATE TABLE views.efficiency_officers_v1 (
    case_id uuid, officer uuid, office_code text NOT NULL, steps int NOT NULL,
    PRIMARY KEY (case_id, officer)
);
"""
SCHEMA: LiteralString = CASES + "CREATE TABLE " + KNOWN + COLUMNS + ";"
FINISHED = {Milestone.DECIDED, Milestone.ENDED, Milestone.WITHDRAWN}


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    event, case_id = recorded.event, recorded.originator_id
    match event:
        case CalendarYearPublished() | CalendarYearRevised():
            keep(cursor, KNOWN, event)
        case e.CaseOpened() | e.SourceCaseRecorded():
            _open(cursor, recorded, event)
        case e.FirstContactAssigned():
            _count(cursor, case_id, event.officer)
        case e.CaseAccepted():
            _accept(cursor, case_id, event)
        case e.CaseHandedOver():
            _add(cursor, "handovers", case_id)
            _count(cursor, case_id, event.to_officer)
        case e.SourceHandoverDerived():
            _add(cursor, "derived_handovers", case_id)
        case e.CaseTransferred():
            _move(cursor, case_id, event)
        case e.CaseRated():
            cursor.execute(
                "UPDATE views.efficiency_v1 SET rating = %s WHERE case_id = %s",
                (event.level, case_id),
            )
        case e.SourceStepRecorded():
            _source_step(cursor, recorded, event)
    _finish(cursor, recorded)


def _open(
    cursor: ReadCursor, recorded: Recorded, event: e.CaseOpened | e.SourceCaseRecorded
) -> None:
    opened_at: datetime | None = recorded.effective_at
    deadline_at: datetime | None = None
    is_source = isinstance(event, e.SourceCaseRecorded)
    if isinstance(event, e.SourceCaseRecorded):
        opened_at, deadline_at = event.opened_at, event.deadline_at
    received_on = local_date(opened_at) if opened_at else None
    cursor.execute(
        "INSERT INTO views.efficiency_v1 (case_id, office_code, is_imported,"
        " received_on, opened_at, deadline_at) VALUES (%s, %s, %s, %s, %s, %s)",
        (
            event.case_id,
            event.office_code,
            is_source,
            received_on,
            opened_at,
            deadline_at,
        ),
    )


def _accept(cursor: ReadCursor, case_id: UUID, event: e.CaseAccepted) -> None:
    cursor.execute(
        "UPDATE views.efficiency_v1 SET accepted_on = %s, promised_limit = %s,"
        " limit_unit = %s WHERE case_id = %s",
        (event.accepted_on, event.promised_limit, event.limit_unit, case_id),
    )


def _move(cursor: ReadCursor, case_id: UUID, event: e.CaseTransferred) -> None:
    cursor.execute(
        "UPDATE views.efficiency_v1 SET office_code = %s WHERE case_id = %s",
        (event.to_office, case_id),
    )
    _add(cursor, "handovers", case_id)
    _count(cursor, case_id, event.to_officer)


def _add(cursor: ReadCursor, column: LiteralString, case_id: UUID) -> None:
    statement: LiteralString = (
        "UPDATE views.efficiency_v1 SET "
        + column
        + " = "
        + column
        + " + 1 WHERE case_id = %s"
    )
    cursor.execute(statement, (case_id,))


def _source_step(
    cursor: ReadCursor, recorded: Recorded, event: e.SourceStepRecorded
) -> None:
    case_id = recorded.originator_id
    cursor.execute(
        "UPDATE views.efficiency_v1 SET activities = activities || %s::text,"
        " steps = steps + 1, last_officer = coalesce(%s, last_officer)"
        " WHERE case_id = %s",
        (event.activity, event.officer, case_id),
    )
    if milestone(event) is Milestone.ACCEPTED:
        cursor.execute(
            "UPDATE views.efficiency_v1 SET accepted_on = coalesce(accepted_on, %s)"
            " WHERE case_id = %s",
            (local_date(recorded.effective_at), case_id),
        )
    if event.officer is not None:
        _count(cursor, case_id, event.officer)


def _count(cursor: ReadCursor, case_id: UUID, officer: UUID) -> None:
    cursor.execute(
        "INSERT INTO views.efficiency_officers_v1"
        " SELECT %(case)s, %(officer)s, office_code, 1 FROM views.efficiency_v1"
        " WHERE case_id = %(case)s ON CONFLICT (case_id, officer)"
        " DO UPDATE SET steps = efficiency_officers_v1.steps + 1",
        {"case": case_id, "officer": officer},
    )


def _finish(cursor: ReadCursor, recorded: Recorded) -> None:
    """Imported cases finish when their source says so, not at a proxy step."""
    event, case_id = recorded.event, recorded.originator_id
    if isinstance(event, e.SourceStepRecorded) or milestone(event) not in FINISHED:
        return
    at = (
        event.ended_at
        if isinstance(event, e.SourceCaseEnded)
        else recorded.effective_at
    )
    cursor.execute(
        "UPDATE views.efficiency_v1 SET finished_on = %s, finished_at = %s,"
        " is_on_time = %s <= deadline_at WHERE case_id = %s RETURNING accepted_on,"
        " promised_limit, limit_unit, is_imported",
        (local_date(at), at, at, case_id),
    )
    row = cursor.fetchone()
    if row is None or row["is_imported"] or row["accepted_on"] is None:
        return
    _judge(cursor, case_id, row, local_date(at))


def _judge(
    cursor: ReadCursor, case_id: UUID, row: dict[str, Any], finished_on: date
) -> None:
    """R-153, R-159: in time by the promise, and how many working days it took."""
    calendar = read_calendar(cursor, KNOWN)
    limit = Limit(row["promised_limit"], LimitUnit(row["limit_unit"]))
    last = due(row["accepted_on"], limit, calendar)
    try:
        workdays = workdays_between(calendar, row["accepted_on"], finished_on)
    except CalendarYearUnknown:
        workdays = None
    on_time = is_on_time(finished_on, last.on) if last.on else None
    cursor.execute(
        "UPDATE views.efficiency_v1 SET is_on_time = %s, workdays = %s"
        " WHERE case_id = %s",
        (on_time, workdays, case_id),
    )
