"""Deadline warning: every case with its begin, end and due dates, open or closed.

No tier is stored: it is computed when read, from dates, instant and policy.
"""

from datetime import datetime
from typing import Any, LiteralString

from psycopg.types.json import Jsonb

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
# ``movements``: what each step made of stage, post and responsible, and when.
CASES: LiteralString = """
CREATE TABLE views.deadlines_v1 (
    case_id uuid PRIMARY KEY, case_no text NOT NULL, item_name text, item_code text,
    office_code text NOT NULL, post uuid, responsible uuid, applicant uuid,
    channel text, stage text NOT NULL, is_imported boolean NOT NULL,
    opened_at timestamptz, first_step_at timestamptz, last_step_at timestamptz,
    accepted_at timestamptz, ended_at timestamptz, deadline_at timestamptz,
    accepted_on date, ended_on date, promised_limit int, statutory_limit int,
    limit_unit text, promised_due_on date, statutory_due_on date,
    promised_due jsonb, statutory_due jsonb, calendar_version int,
    movements jsonb NOT NULL DEFAULT '[]', position bigint NOT NULL
);
CREATE INDEX ON views.deadlines_v1 (office_code, opened_at);
CREATE INDEX ON views.deadlines_v1 (position DESC);
"""
SCHEMA: LiteralString = CASES + "CREATE TABLE " + KNOWN + COLUMNS + ";"
INSERT: LiteralString = """
INSERT INTO views.deadlines_v1 (case_id, case_no, item_name, item_code, applicant,
    office_code, channel, stage, is_imported, opened_at, deadline_at, position)
VALUES (%(case_id)s, %(case_no)s, %(item_name)s, %(item_code)s, %(applicant)s,
    %(office_code)s, %(channel)s, 'open', %(is_imported)s, %(opened_at)s,
    %(deadline_at)s, %(position)s)
"""
# A source case that has ended stays ended, whatever its log tells after that.
MOVE: LiteralString = """
UPDATE views.deadlines_v1 SET position = %(position)s,
    first_step_at = least(first_step_at, %(step_at)s),
    last_step_at = greatest(last_step_at, %(step_at)s),
    responsible = coalesce(%(responsible)s, responsible),
    post = coalesce(%(post)s, post), office_code = coalesce(%(office)s, office_code),
    stage = CASE WHEN stage = 'source_ended' THEN stage
        ELSE coalesce(%(stage)s, stage) END,
    ended_at = coalesce(%(ended_at)s, ended_at),
    ended_on = coalesce(%(ended_on)s, ended_on),
    movements = movements || %(movement)s
WHERE case_id = %(case_id)s
"""
ACCEPT: LiteralString = """
UPDATE views.deadlines_v1 SET accepted_at = %(accepted_at)s,
    accepted_on = %(accepted_on)s, promised_limit = %(promised_limit)s,
    statutory_limit = %(statutory_limit)s, limit_unit = %(limit_unit)s
WHERE case_id = %(case_id)s
"""
SET_DUE: LiteralString = """
UPDATE views.deadlines_v1 SET promised_due_on = %s, statutory_due_on = %s,
    promised_due = %s, statutory_due = %s, calendar_version = %s
WHERE case_id = %s
"""
NOTHING = {
    "item_code": None,
    "applicant": None,
    "deadline_at": None,
    "is_imported": False,
}
UNMOVED = dict.fromkeys(("responsible", "post", "office", "stage", "ended_at"))
REMEMBERED = ("responsible", "post", "stage")
# Opening and end of a source case are no steps, nor is what was only derived.
NO_STEPS = (e.SourceCaseRecorded, e.SourceHandoverDerived, e.SourceCaseEnded)


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    event = recorded.event
    match event:
        case CalendarYearPublished() | CalendarYearRevised():
            keep(cursor, KNOWN, recorded)
            _recompute(cursor)
        case WarningPolicyPublished():
            keep(cursor, KNOWN, recorded)
        case e.CaseOpened() | e.SourceCaseRecorded():
            _open(cursor, recorded, event)
        case e.CaseAccepted():
            _accept(cursor, recorded, event)
    if isinstance(event, e.CASE_EVENTS):
        _move(cursor, recorded)


def _move(cursor: ReadCursor, recorded: Recorded) -> None:
    at, moved = recorded.effective_at, _moved(recorded)
    kept = {name: str(moved[name]) for name in REMEMBERED if moved.get(name)}
    ended_at = moved.get("ended_at")
    movement = [kept | {"at": (ended_at or at).isoformat()}] if kept else []
    row = UNMOVED | moved
    row["case_id"], row["position"] = recorded.originator_id, recorded.position
    row["step_at"] = None if isinstance(recorded.event, NO_STEPS) else at
    row["ended_on"] = local_date(ended_at) if ended_at else None
    cursor.execute(MOVE, row | {"movement": Jsonb(movement)})


def _moved(recorded: Recorded) -> dict[str, Any]:
    """What a step changes of a case: holder, post, office, stage, end."""
    event, at = recorded.event, recorded.effective_at
    match event:
        case e.FirstContactAssigned():
            return {"responsible": event.officer, "post": event.post}
        case e.CaseHandedOver() | e.SourceHandoverDerived():
            return {"responsible": event.to_officer}
        case e.CaseTransferred():
            return {
                "responsible": event.to_officer,
                "post": event.to_post,
                "office": event.to_office,
            }
        case e.SourceStepRecorded(step=step):
            stage = SOURCE_STAGE.get(SourceStep(step)) if step else None
            return {"responsible": event.officer, "stage": stage}
        case _:
            return _outcome(event, at)


def _outcome(event: object, at: datetime) -> dict[str, Any]:
    match event:
        case e.CaseAccepted():
            return {"stage": "accepted"}
        case e.CaseDecided():
            return {"stage": "decided", "ended_at": at}
        case e.AcceptanceRefused():
            return {"stage": "acceptance_refused", "ended_at": at}
        case e.CaseWithdrawn():
            return {"stage": "withdrawn", "ended_at": at}
        case e.SourceCaseEnded(ended_at=ended_at):
            return {"stage": "source_ended", "ended_at": ended_at}
        case e.ResultDelivered():
            return {"stage": "delivered"}
        case _:
            return {}


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


def _accept(cursor: ReadCursor, recorded: Recorded, event: e.CaseAccepted) -> None:
    row = {
        "case_id": recorded.originator_id,
        "accepted_at": recorded.effective_at,
        "accepted_on": event.accepted_on,
        "promised_limit": event.promised_limit,
        "statutory_limit": event.statutory_limit,
        "limit_unit": event.limit_unit,
    }
    cursor.execute(ACCEPT, row)
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
        SET_DUE,
        (
            promised.on,
            statutory.on if statutory else None,
            stored_due(promised),
            stored_due(statutory) if statutory else None,
            calendar.version,
            row["case_id"],
        ),
    )
