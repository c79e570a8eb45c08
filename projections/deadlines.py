"""Deadline warning: every case with its begin, end and due dates, open or closed.

No tier is stored: it is computed when read, from dates, instant and policy.
"""

from datetime import date, datetime
from typing import Any, LiteralString

from domain.calendar.due import Due, due, local_date
from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.calendar.limits import Limit, LimitUnit
from domain.case import events as e
from domain.case.source_steps import SourceStep
from domain.case.state import SOURCE_STAGE
from domain.supervision.events import WarningPolicyPublished
from infra.envelope import Recorded
from projections.known_calendar import COLUMNS, calendar_of, keep, plain_due
from projections.row_store import Row, RowStore, RowTable, earliest, latest
from projections.view import CASE_BEGINS, case_of

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
DEADLINES = RowTable(
    name="deadlines_v1",
    key=("case_id",),
    blank={
        **dict.fromkeys(("case_id", "case_no", "item_name", "item_code")),
        **dict.fromkeys(("office_code", "post", "responsible", "applicant")),
        **dict.fromkeys(("channel", "opened_at", "first_step_at", "last_step_at")),
        **dict.fromkeys(("accepted_at", "ended_at", "deadline_at", "accepted_on")),
        **dict.fromkeys(("ended_on", "promised_limit", "statutory_limit")),
        **dict.fromkeys(("limit_unit", "promised_due_on", "statutory_due_on")),
        **dict.fromkeys(("promised_due", "statutory_due", "calendar_version")),
        "stage": "open",
        "is_imported": False,
        "movements": (),
        "position": 0,
    },
    json=frozenset({"promised_due", "statutory_due", "movements"}),
)
ROWS = (DEADLINES,)
CALENDAR = (CalendarYearPublished, CalendarYearRevised)
EVENTS = (*e.CASE_EVENTS, *CALENDAR, WarningPolicyPublished)
BEGINS = CASE_BEGINS
part = case_of
REMEMBERED = ("responsible", "post", "stage")
# Opening and end of a source case are no steps, nor is what was only derived.
NO_STEPS = (e.SourceCaseRecorded, e.SourceHandoverDerived, e.SourceCaseEnded)


def apply(rows: RowStore, recorded: Recorded) -> None:
    event = recorded.event
    match event:
        case CalendarYearPublished() | CalendarYearRevised():
            keep(rows.in_sql(), KNOWN, recorded)
            _recompute(rows)
        case WarningPolicyPublished():
            keep(rows.cursor, KNOWN, recorded)
        case e.CaseOpened() | e.SourceCaseRecorded():
            _open(rows, recorded, event)
    row = rows.change(DEADLINES, recorded.originator_id)
    if row is not None:
        if isinstance(event, e.CaseAccepted):
            _accept(rows, row, recorded, event)
        _move(row, recorded)


def _move(row: Row, recorded: Recorded) -> None:
    """A source case that has ended stays ended, whatever its log tells after that."""
    at, moved = recorded.effective_at, _moved(recorded)
    kept = {name: str(moved[name]) for name in REMEMBERED if moved.get(name)}
    ended_at = moved.get("ended_at")
    if kept:
        movement = kept | {"at": (ended_at or at).isoformat()}
        row["movements"] = [*row["movements"], movement]
    if row["stage"] == "source_ended":
        moved.pop("stage", None)
    row.update((name, value) for name, value in moved.items() if value is not None)
    row["position"] = recorded.position
    if ended_at:
        row["ended_on"] = local_date(ended_at)
    if not isinstance(recorded.event, NO_STEPS):
        row["first_step_at"] = earliest(row["first_step_at"], at)
        row["last_step_at"] = latest(row["last_step_at"], at)


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
                "office_code": event.to_office,
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
    rows: RowStore, recorded: Recorded, event: e.CaseOpened | e.SourceCaseRecorded
) -> None:
    row: dict[str, object] = {
        "case_id": event.case_id,
        "item_name": event.item_name,
        "office_code": event.office_code,
        "channel": event.channel,
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
    rows.begin(DEADLINES, **row)


def _accept(
    rows: RowStore, row: Row, recorded: Recorded, event: e.CaseAccepted
) -> None:
    row |= {
        "accepted_at": recorded.effective_at,
        "accepted_on": event.accepted_on,
        "promised_limit": event.promised_limit,
        "statutory_limit": event.statutory_limit,
        "limit_unit": event.limit_unit,
    }
    row |= _dues(rows, row)


def _recompute(rows: RowStore) -> None:
    """R-607: a calendar that changes moves the dates of open cases only."""
    rows.cursor.execute(
        "SELECT case_id FROM views.deadlines_v1"
        " WHERE ended_at IS NULL AND accepted_on IS NOT NULL"
    )
    cases = [row["case_id"] for row in rows.cursor.fetchall()]
    rows.load(cases)
    for case_id in cases:
        row = rows.change(DEADLINES, case_id)
        if row is not None:
            row |= _dues(rows, row)


def _dues(rows: RowStore, row: Row) -> Row:
    """Both due dates of an accepted case, with their reasons."""
    calendar, unit = calendar_of(rows, KNOWN), LimitUnit(row["limit_unit"])
    promised = _due(rows, row["accepted_on"], Limit(row["promised_limit"], unit))
    amount = row["statutory_limit"]
    statutory = amount and _due(rows, row["accepted_on"], Limit(amount, unit))
    return {
        "promised_due_on": promised.on,
        "statutory_due_on": statutory.on if statutory else None,
        "promised_due": plain_due(promised),
        "statutory_due": plain_due(statutory) if statutory else None,
        "calendar_version": calendar.version,
    }


def _due(rows: RowStore, start: date, limit: Limit) -> Due:
    """Many cases are accepted on the same day: each date is counted once."""
    known: dict[tuple[date, Limit], Due] = rows.memo.setdefault("dues", {})
    if (start, limit) not in known:
        known[start, limit] = due(start, limit, calendar_of(rows, KNOWN))
    return known[start, limit]
