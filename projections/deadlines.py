"""Deadline warning: every case with its begin, end and due dates, open or closed.

No tier is stored: it is computed when read, from dates, instant and policy.
"""

from typing import Any, LiteralString
from uuid import UUID

from domain.calendar.due import due, local_date
from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.state import Calendar
from domain.case import events as e
from domain.case.source_steps import SourceStep
from domain.case.state import SOURCE_STAGE
from domain.supervision.events import WarningPolicyPublished
from infra.envelope import Recorded
from projections.known_calendar import COLUMNS, keep, read_calendar, stored_due
from projections.view import ReadCursor

NAME, VERSION = "deadlines", 1
TABLES: tuple[LiteralString, ...] = ("deadlines_v1", "deadlines_known_v1")
KNOWN: LiteralString = "views.deadlines_known_v1"
CASES: LiteralString = """
CREATE TABLE views.deadlines_v1 (
    case_id uuid PRIMARY KEY, case_no text NOT NULL, item_name text, item_code text,
    office_code text NOT NULL, post uuid, responsible uuid, applicant uuid,
    channel text, stage text NOT NULL, is_imported boolean NOT NULL,
    opened_at timestamptz, first_step_at timestamptz, last_step_at timestamptz,
    accepted_at timestamptz, ended_at timestamptz, deadline_at timestamptz,
    accepted_on date, ended_on date, promised_limit int, statutory_limit int,
    limit_unit text, promised_due_on date, statutory_due_on date,
    promised_due jsonb, statutory_due jsonb, position bigint NOT NULL
);
CREATE INDEX ON views.deadlines_v1 (office_code, opened_at);
CREATE INDEX ON views.deadlines_v1 (position DESC);
"""
SCHEMA: LiteralString = CASES + "CREATE TABLE " + KNOWN + COLUMNS + ";"

SET_STAGE: LiteralString = "UPDATE views.deadlines_v1 SET stage = %s WHERE case_id = %s"
NOT_ENDED: LiteralString = " AND stage <> 'source_ended'"
SET_END: LiteralString = (
    "UPDATE views.deadlines_v1 SET stage = %s, ended_at = %s, ended_on = %s"
    " WHERE case_id = %s"
)
TOUCH: LiteralString = """
UPDATE views.deadlines_v1 SET position = %s,
    first_step_at = least(first_step_at, %s), last_step_at = greatest(last_step_at, %s)
WHERE case_id = %s
"""
INSERT: LiteralString = """
INSERT INTO views.deadlines_v1 (case_id, case_no, item_name, item_code, applicant,
    office_code, channel, stage, is_imported, opened_at, deadline_at, position)
VALUES (%(case_id)s, %(case_no)s, %(item_name)s, %(item_code)s, %(applicant)s,
    %(office_code)s, %(channel)s, 'open', %(is_imported)s, %(opened_at)s,
    %(deadline_at)s, %(position)s)
"""
NOTHING = {
    "item_code": None,
    "applicant": None,
    "deadline_at": None,
    "is_imported": False,
}
ENDS = {
    e.CaseDecided: "decided",
    e.AcceptanceRefused: "acceptance_refused",
    e.CaseWithdrawn: "withdrawn",
}


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    event = recorded.event
    match event:
        case CalendarYearPublished() | CalendarYearRevised():
            keep(cursor, KNOWN, event)
            _recompute(cursor)
        case WarningPolicyPublished():
            keep(cursor, KNOWN, event)
        case e.CaseOpened() | e.SourceCaseRecorded():
            _open(cursor, recorded, event)
        case e.CaseAccepted():
            _accept(cursor, recorded, event)
        case _:
            _project_responsible(cursor, recorded)
            _project_stage(cursor, recorded)
    _touch(cursor, recorded)


def _project_responsible(cursor: ReadCursor, recorded: Recorded) -> None:
    event, case_id = recorded.event, recorded.originator_id
    match event:
        case e.FirstContactAssigned():
            _assign(cursor, case_id, event.officer, event.post)
        case e.CaseHandedOver() | e.SourceHandoverDerived():
            _assign(cursor, case_id, event.to_officer, None)
        case e.SourceStepRecorded():
            _assign(cursor, case_id, event.officer, None)
        case e.CaseTransferred():
            _assign(cursor, case_id, event.to_officer, event.to_post)
            cursor.execute(
                "UPDATE views.deadlines_v1 SET office_code = %s WHERE case_id = %s",
                (event.to_office, case_id),
            )


def _project_stage(cursor: ReadCursor, recorded: Recorded) -> None:
    event, case_id, at = recorded.event, recorded.originator_id, recorded.effective_at
    match event:
        case e.CaseDecided() | e.AcceptanceRefused() | e.CaseWithdrawn():
            told = (ENDS[type(event)], at, local_date(at), case_id)
            cursor.execute(SET_END, told)
        case e.SourceCaseEnded(ended_at=ended_at):
            told = ("source_ended", ended_at, local_date(ended_at), case_id)
            cursor.execute(SET_END, told)
        case e.ResultDelivered():
            cursor.execute(SET_STAGE, ("delivered", case_id))
        case e.SourceStepRecorded(step=str() as step):
            stage = SOURCE_STAGE.get(SourceStep(step))
            if stage is not None:
                cursor.execute(SET_STAGE + NOT_ENDED, (stage, case_id))


def _touch(cursor: ReadCursor, recorded: Recorded) -> None:
    """Only steps move the span of steps; opening and end of a source are no steps."""
    event, at = recorded.event, recorded.effective_at
    if not isinstance(event, e.CASE_EVENTS):
        return
    is_bound = isinstance(event, (e.SourceCaseRecorded, e.SourceCaseEnded))
    step_at = None if is_bound or isinstance(event, e.SourceHandoverDerived) else at
    cursor.execute(TOUCH, (recorded.position, step_at, step_at, recorded.originator_id))


def _open(
    cursor: ReadCursor, recorded: Recorded, event: e.CaseOpened | e.SourceCaseRecorded
) -> None:
    row: dict[str, object] = {
        "case_id": event.case_id,
        "item_name": event.item_name,
        "office_code": event.office_code,
        "channel": event.channel,
        "position": recorded.position,
    }
    match event:
        case e.CaseOpened():
            row |= {
                "case_no": event.case_no,
                "item_code": event.item_code,
                "applicant": event.applicant,
                "opened_at": recorded.effective_at,
            }
        case e.SourceCaseRecorded():
            row |= {
                "case_no": event.source_case,
                "opened_at": event.opened_at,
                "deadline_at": event.deadline_at,
                "is_imported": True,
            }
    cursor.execute(INSERT, NOTHING | row)


def _assign(
    cursor: ReadCursor, case_id: UUID, officer: UUID | None, post: UUID | None
) -> None:
    cursor.execute(
        "UPDATE views.deadlines_v1 SET responsible = coalesce(%s, responsible),"
        " post = coalesce(%s, post) WHERE case_id = %s",
        (officer, post, case_id),
    )


def _accept(cursor: ReadCursor, recorded: Recorded, event: e.CaseAccepted) -> None:
    cursor.execute(
        "UPDATE views.deadlines_v1 SET stage = 'accepted', accepted_at = %s,"
        " accepted_on = %s, promised_limit = %s, statutory_limit = %s, limit_unit = %s"
        " WHERE case_id = %s",
        (
            recorded.effective_at,
            event.accepted_on,
            event.promised_limit,
            event.statutory_limit,
            event.limit_unit,
            recorded.originator_id,
        ),
    )
    row = {
        "case_id": recorded.originator_id,
        "accepted_on": event.accepted_on,
        "promised_limit": event.promised_limit,
        "statutory_limit": event.statutory_limit,
        "limit_unit": event.limit_unit,
    }
    _set_due(cursor, row, read_calendar(cursor, KNOWN))


def _recompute(cursor: ReadCursor) -> None:
    """R-607: a calendar that changes moves the dates of open cases only."""
    cursor.execute(
        "SELECT case_id, accepted_on, promised_limit, statutory_limit, limit_unit"
        " FROM views.deadlines_v1 WHERE ended_at IS NULL AND accepted_on IS NOT NULL"
    )
    rows = cursor.fetchall()
    calendar = read_calendar(cursor, KNOWN)
    for row in rows:
        _set_due(cursor, row, calendar)


def _set_due(cursor: ReadCursor, row: dict[str, Any], calendar: Calendar) -> None:
    unit, start = LimitUnit(row["limit_unit"]), row["accepted_on"]
    promised = due(start, Limit(row["promised_limit"], unit), calendar)
    amount = row["statutory_limit"]
    statutory = None if amount is None else due(start, Limit(amount, unit), calendar)
    cursor.execute(
        "UPDATE views.deadlines_v1 SET promised_due_on = %s, statutory_due_on = %s,"
        " promised_due = %s, statutory_due = %s WHERE case_id = %s",
        (
            promised.on,
            statutory.on if statutory else None,
            stored_due(promised),
            stored_due(statutory) if statutory else None,
            row["case_id"],
        ),
    )
