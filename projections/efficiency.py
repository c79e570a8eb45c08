"""Efficiency monitoring: what each case came to, on which day, and who did how much."""

from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from domain.calendar.due import Due, due, is_on_time, local_date
from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.rejections import CalendarYearUnknown
from domain.calendar.state import Calendar
from domain.calendar.workdays import workdays_between
from domain.case import events as e
from domain.case.milestones import Milestone, milestone
from infra.envelope import Recorded
from projections.known_calendar import COLUMNS, calendar_of, keep
from projections.row_store import Row, RowStore, RowTable
from projections.view import CASE_BEGINS, case_of

NAME, VERSION = "efficiency", 1
TABLES: tuple[LiteralString, ...] = (
    "efficiency_v1",
    "efficiency_days_v1",
    "efficiency_officers_v1",
    "efficiency_known_v1",
)
KNOWN: LiteralString = "views.efficiency_known_v1"
CASES: LiteralString = """
CREATE TABLE views.efficiency_v1 (
    case_id uuid PRIMARY KEY, office_code text NOT NULL, is_imported boolean NOT NULL,
    received_on date, accepted_on date, finished_on date, rated_on date,
    opened_at timestamptz, finished_at timestamptz, deadline_at timestamptz,
    promised_limit int, limit_unit text, is_on_time boolean, workdays int, rating text,
    handovers int NOT NULL DEFAULT 0, derived_handovers int NOT NULL DEFAULT 0,
    steps int NOT NULL DEFAULT 0, rework_steps int NOT NULL DEFAULT 0,
    done text[] NOT NULL DEFAULT '{}', first_officer uuid, last_officer uuid
);
CREATE INDEX ON views.efficiency_v1 (office_code);
CREATE TABLE views.efficiency_days_v1 (
    case_id uuid, day date, handovers int NOT NULL DEFAULT 0,
    derived_handovers int NOT NULL DEFAULT 0, steps int NOT NULL DEFAULT 0,
    rework_steps int NOT NULL DEFAULT 0, PRIMARY KEY (case_id, day)
);
CREATE TABLE views.efficiency_officers_v1 (
    case_id uuid, officer uuid, steps int NOT NULL DEFAULT 0,
    handed_over int NOT NULL DEFAULT 0, PRIMARY KEY (case_id, officer)
);
"""
SCHEMA: LiteralString = CASES + "CREATE TABLE " + KNOWN + COLUMNS + ";"
FINISHED = {Milestone.DECIDED, Milestone.ENDED, Milestone.WITHDRAWN}
SEPARATOR = "\x1f"

CASE = RowTable(
    name="efficiency_v1",
    key=("case_id",),
    blank={
        **dict.fromkeys(("case_id", "office_code", "received_on", "accepted_on")),
        **dict.fromkeys(("finished_on", "rated_on", "opened_at", "finished_at")),
        **dict.fromkeys(("deadline_at", "promised_limit", "limit_unit")),
        **dict.fromkeys(("is_on_time", "workdays", "rating")),
        **dict.fromkeys(("handovers", "derived_handovers", "steps"), 0),
        **dict.fromkeys(("first_officer", "last_officer")),
        "rework_steps": 0,
        "is_imported": False,
        "done": (),
    },
)
DAY = RowTable(
    name="efficiency_days_v1",
    key=("case_id", "day"),
    blank={
        **dict.fromkeys(("case_id", "day")),
        **dict.fromkeys(("handovers", "derived_handovers", "steps", "rework_steps"), 0),
    },
)
OFFICER = RowTable(
    name="efficiency_officers_v1",
    key=("case_id", "officer"),
    blank={"case_id": None, "officer": None, "steps": 0, "handed_over": 0},
)
ROWS = (CASE, DAY, OFFICER)
EVENTS = (*e.CASE_EVENTS, CalendarYearPublished, CalendarYearRevised)
BEGINS = CASE_BEGINS
part = case_of
UNJUDGED: LiteralString = """
SELECT case_id FROM views.efficiency_v1
WHERE promised_limit IS NOT NULL AND finished_on IS NOT NULL
    AND (is_on_time IS NULL OR workdays IS NULL)
"""


def apply(rows: RowStore, recorded: Recorded) -> None:
    event = recorded.event
    match event:
        case CalendarYearPublished() | CalendarYearRevised():
            keep(rows.in_sql(), KNOWN, recorded)
            _judge_again(rows)
        case e.CaseOpened() | e.SourceCaseRecorded():
            _open(rows, recorded, event)
    row = rows.change(CASE, recorded.originator_id)
    if row is not None:
        _take_step(rows, row, recorded)
        _finish(rows, row, recorded)


def _take_step(rows: RowStore, row: Row, recorded: Recorded) -> None:
    match recorded.event:
        case e.CaseAccepted() as event:
            row["accepted_on"] = event.accepted_on
            row["promised_limit"] = event.promised_limit
            row["limit_unit"] = event.limit_unit
        case e.FirstContactAssigned(officer=officer):
            _take(rows, row, officer)
        case e.CaseHandedOver() | e.CaseTransferred() | e.SourceHandoverDerived():
            _hand_over(rows, row, recorded)
        case e.SourceStepRecorded():
            _step(rows, row, recorded)
        case e.CaseRated(level=level):
            row["rating"] = level
            row["rated_on"] = local_date(recorded.effective_at)


def _open(
    rows: RowStore, recorded: Recorded, event: e.CaseOpened | e.SourceCaseRecorded
) -> None:
    opened_at: datetime | None = recorded.effective_at
    deadline_at: datetime | None = None
    if isinstance(event, e.SourceCaseRecorded):
        opened_at, deadline_at = event.opened_at, event.deadline_at
    rows.begin(
        CASE,
        case_id=event.case_id,
        office_code=event.office_code,
        is_imported=isinstance(event, e.SourceCaseRecorded),
        received_on=local_date(opened_at) if opened_at else None,
        opened_at=opened_at,
        deadline_at=deadline_at,
        done=[],
    )


def _take(rows: RowStore, row: Row, officer: UUID) -> None:
    """The officer works on the case from here on."""
    rows.change_or_begin(OFFICER, row["case_id"], officer)["steps"] += 1
    row["last_officer"] = officer
    row["first_officer"] = row["first_officer"] or officer


def _hand_over(rows: RowStore, row: Row, recorded: Recorded) -> None:
    """A derived one is counted apart: the step after it is the next officer's."""
    event, case_id = recorded.event, row["case_id"]
    is_derived = isinstance(event, e.SourceHandoverDerived)
    counted = "derived_handovers" if is_derived else "handovers"
    day = local_date(recorded.effective_at)
    rows.change_or_begin(DAY, case_id, day)[counted] += 1
    row[counted] += 1
    if row["last_officer"]:
        giver = rows.change_or_begin(OFFICER, case_id, row["last_officer"])
        giver["handed_over"] += 1
    if isinstance(event, e.CaseTransferred):
        row["office_code"] = event.to_office
    if not is_derived:
        _take(rows, row, event.to_officer)


def _step(rows: RowStore, row: Row, recorded: Recorded) -> None:
    """Done again in the same transition is rework; starting and completing is not."""
    event, day = recorded.event, local_date(recorded.effective_at)
    done = SEPARATOR.join(filter(None, (event.activity, event.transition)))
    again = done in row["done"]
    on_day = rows.change_or_begin(DAY, row["case_id"], day)
    for counted in (on_day, row):
        counted["steps"] += 1
        counted["rework_steps"] += again
    if not again:
        row["done"].append(done)
    if milestone(event) is Milestone.ACCEPTED:
        row["accepted_on"] = row["accepted_on"] or day
    if event.officer is not None:
        _take(rows, row, event.officer)


def _finish(rows: RowStore, row: Row, recorded: Recorded) -> None:
    """Imported cases finish when their source says so, not at a proxy step."""
    event = recorded.event
    if isinstance(event, e.SourceStepRecorded) or milestone(event) not in FINISHED:
        return
    is_source = isinstance(event, e.SourceCaseEnded)
    at = event.ended_at if is_source else recorded.effective_at
    row["finished_on"], row["finished_at"] = local_date(at), at
    deadline_at = row["deadline_at"]
    row["is_on_time"] = None if deadline_at is None else at <= deadline_at
    if not is_source:
        _judge(row, calendar_of(rows, KNOWN))


def _judge_again(rows: RowStore) -> None:
    """What was not certain by the calendar before may be so now."""
    rows.cursor.execute(UNJUDGED)
    cases = [row["case_id"] for row in rows.cursor.fetchall()]
    rows.load(cases)
    for case_id in cases:
        row = rows.change(CASE, case_id)
        if row is not None:
            _judge(row, calendar_of(rows, KNOWN))


def _judge(row: Row, calendar: Calendar) -> None:
    """In time by the promise, and how many working days it took (R-153, R-159).

    What is not certain yet waits for the calendar; what is judged stays (R-607).
    """
    if row["promised_limit"] is None:
        return
    limit = Limit(row["promised_limit"], LimitUnit(row["limit_unit"]))
    accepted_on, finished_on = row["accepted_on"], row["finished_on"]
    if row["is_on_time"] is None:
        last = due(accepted_on, limit, calendar)
        row["is_on_time"] = _is_on_time(last, finished_on)
    if row["workdays"] is None:
        row["workdays"] = _workdays(calendar, accepted_on, finished_on)


def _is_on_time(last: Due, finished_on: date) -> bool | None:
    """None: a notice still to come may decide it, and no finding rests on that."""
    if last.earliest_on is not None and is_on_time(finished_on, last.earliest_on):
        return True
    return None if last.provisional or last.on is None else False


def _workdays(calendar: Calendar, start: date, end: date) -> int | None:
    try:
        return workdays_between(calendar, start, end)
    except CalendarYearUnknown:
        return None
