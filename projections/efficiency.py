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
from projections.known_calendar import COLUMNS, keep, read_calendar
from projections.view import ReadCursor

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

TAKE: LiteralString = """
WITH counted AS (
    INSERT INTO views.efficiency_officers_v1 AS o (case_id, officer, steps)
    VALUES (%(case_id)s, %(officer)s, 1)
    ON CONFLICT (case_id, officer) DO UPDATE SET steps = o.steps + 1
)
UPDATE views.efficiency_v1 SET last_officer = %(officer)s,
    first_officer = coalesce(first_officer, %(officer)s) WHERE case_id = %(case_id)s
"""
HAND_OVER: LiteralString = """
WITH on_day AS (
    INSERT INTO views.efficiency_days_v1 AS d
        (case_id, day, handovers, derived_handovers)
    VALUES (%(case_id)s, %(day)s, %(told)s, %(derived)s)
    ON CONFLICT (case_id, day) DO UPDATE SET
        handovers = d.handovers + excluded.handovers,
        derived_handovers = d.derived_handovers + excluded.derived_handovers
), given AS (
    INSERT INTO views.efficiency_officers_v1 AS o (case_id, officer, handed_over)
    SELECT case_id, last_officer, 1 FROM views.efficiency_v1
    WHERE case_id = %(case_id)s AND last_officer IS NOT NULL
    ON CONFLICT (case_id, officer) DO UPDATE SET handed_over = o.handed_over + 1
)
UPDATE views.efficiency_v1 SET handovers = handovers + %(told)s,
    derived_handovers = derived_handovers + %(derived)s,
    office_code = coalesce(%(office)s, office_code) WHERE case_id = %(case_id)s
"""
# Done again in the same transition is rework; starting and completing is not.
STEP: LiteralString = """
WITH before AS (
    SELECT case_id, (%(done)s = ANY(done))::int AS again FROM views.efficiency_v1
    WHERE case_id = %(case_id)s
), on_day AS (
    INSERT INTO views.efficiency_days_v1 AS d (case_id, day, steps, rework_steps)
    SELECT case_id, %(day)s, 1, again FROM before
    ON CONFLICT (case_id, day) DO UPDATE SET steps = d.steps + 1,
        rework_steps = d.rework_steps + excluded.rework_steps
), counted AS (
    INSERT INTO views.efficiency_officers_v1 AS o (case_id, officer, steps)
    SELECT case_id, %(officer)s::uuid, 1 FROM before WHERE %(officer)s::uuid IS NOT NULL
    ON CONFLICT (case_id, officer) DO UPDATE SET steps = o.steps + 1
)
UPDATE views.efficiency_v1 c SET steps = steps + 1, rework_steps = rework_steps + again,
    done = CASE again WHEN 0 THEN done || %(done)s::text ELSE done END,
    accepted_on = coalesce(accepted_on, %(accepted_on)s),
    first_officer = coalesce(first_officer, %(officer)s::uuid),
    last_officer = coalesce(%(officer)s::uuid, last_officer)
FROM before WHERE c.case_id = before.case_id
"""
UNJUDGED: LiteralString = """
SELECT case_id, accepted_on, finished_on, promised_limit, limit_unit
FROM views.efficiency_v1 WHERE promised_limit IS NOT NULL AND finished_on IS NOT NULL
    AND (is_on_time IS NULL OR workdays IS NULL)
"""
JUDGE: LiteralString = """
UPDATE views.efficiency_v1 SET is_on_time = coalesce(is_on_time, %(is_on_time)s),
    workdays = coalesce(workdays, %(workdays)s) WHERE case_id = %(case_id)s
"""


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    event, case_id = recorded.event, recorded.originator_id
    match event:
        case CalendarYearPublished() | CalendarYearRevised():
            keep(cursor, KNOWN, recorded)
            _judge(cursor, UNJUDGED, read_calendar(cursor, KNOWN))
        case e.CaseOpened() | e.SourceCaseRecorded():
            _open(cursor, recorded, event)
        case e.CaseAccepted():
            _accept(cursor, case_id, event)
        case e.FirstContactAssigned(officer=officer):
            cursor.execute(TAKE, {"case_id": case_id, "officer": officer})
        case e.CaseHandedOver() | e.CaseTransferred() | e.SourceHandoverDerived():
            _hand_over(cursor, recorded, event)
        case e.SourceStepRecorded():
            _step(cursor, recorded, event)
        case e.CaseRated(level=level):
            cursor.execute(
                "UPDATE views.efficiency_v1 SET rating = %s, rated_on = %s"
                " WHERE case_id = %s",
                (level, local_date(recorded.effective_at), case_id),
            )
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
    known = (event.case_id, event.office_code, is_source)
    cursor.execute(
        "INSERT INTO views.efficiency_v1 (case_id, office_code, is_imported,"
        " received_on, opened_at, deadline_at) VALUES (%s, %s, %s, %s, %s, %s)",
        (*known, received_on, opened_at, deadline_at),
    )


def _accept(cursor: ReadCursor, case_id: UUID, event: e.CaseAccepted) -> None:
    cursor.execute(
        "UPDATE views.efficiency_v1 SET accepted_on = %s, promised_limit = %s,"
        " limit_unit = %s WHERE case_id = %s",
        (event.accepted_on, event.promised_limit, event.limit_unit, case_id),
    )


def _hand_over(
    cursor: ReadCursor,
    recorded: Recorded,
    event: e.CaseHandedOver | e.CaseTransferred | e.SourceHandoverDerived,
) -> None:
    """A derived one is counted apart: the step after it is the next officer's."""
    is_derived = isinstance(event, e.SourceHandoverDerived)
    row = {
        "case_id": recorded.originator_id,
        "day": local_date(recorded.effective_at),
        "told": int(not is_derived),
        "derived": int(is_derived),
        "office": event.to_office if isinstance(event, e.CaseTransferred) else None,
        "officer": event.to_officer,
    }
    cursor.execute(HAND_OVER, row)
    if not is_derived:
        cursor.execute(TAKE, row)


def _step(cursor: ReadCursor, recorded: Recorded, event: e.SourceStepRecorded) -> None:
    day = local_date(recorded.effective_at)
    row = {
        "case_id": recorded.originator_id,
        "done": SEPARATOR.join(filter(None, (event.activity, event.transition))),
        "day": day,
        "officer": event.officer,
        "accepted_on": day if milestone(event) is Milestone.ACCEPTED else None,
    }
    cursor.execute(STEP, row)


def _finish(cursor: ReadCursor, recorded: Recorded) -> None:
    """Imported cases finish when their source says so, not at a proxy step."""
    event, case_id = recorded.event, recorded.originator_id
    if isinstance(event, e.SourceStepRecorded) or milestone(event) not in FINISHED:
        return
    is_source = isinstance(event, e.SourceCaseEnded)
    at = event.ended_at if is_source else recorded.effective_at
    cursor.execute(
        "UPDATE views.efficiency_v1 SET finished_on = %s, finished_at = %s,"
        " is_on_time = %s <= deadline_at WHERE case_id = %s",
        (local_date(at), at, at, case_id),
    )
    if not is_source:
        this: LiteralString = UNJUDGED + " AND case_id = %(case_id)s"
        _judge(cursor, this, read_calendar(cursor, KNOWN), case_id)


def _judge(
    cursor: ReadCursor,
    unjudged: LiteralString,
    calendar: Calendar,
    case_id: UUID | None = None,
) -> None:
    """In time by the promise, and how many working days it took (R-153, R-159).

    What is not certain yet waits for the calendar; what is judged stays (R-607).
    """
    cursor.execute(unjudged, {"case_id": case_id})
    for row in cursor.fetchall():
        limit = Limit(row["promised_limit"], LimitUnit(row["limit_unit"]))
        accepted_on, finished_on = row["accepted_on"], row["finished_on"]
        judged = {
            "case_id": row["case_id"],
            "is_on_time": _is_on_time(due(accepted_on, limit, calendar), finished_on),
            "workdays": _workdays(calendar, accepted_on, finished_on),
        }
        cursor.execute(JUDGE, judged)


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
