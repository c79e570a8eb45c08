"""The next instant at which each accepted, open case may turn: what is due when.

The sentinel claims rows that are due and moves them on; whoever rebuilds the view
makes it look again, which sends nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.calendar.state import Calendar
from domain.case import events as e
from domain.case.tier import NO_POLICY, WarningPolicy
from domain.notice.events import NoticeSent
from domain.notice.kinds import NoticeKind
from domain.notice.turning import Turning, turning
from domain.supervision.events import WarningPolicyPublished
from infra.case_at import deadlines_of
from infra.envelope import Recorded
from projections.known_calendar import COLUMNS, keep, read_known
from projections.view import ReadCursor

NAME, VERSION = "watchlist", 1
TABLES: tuple[LiteralString, ...] = ("watchlist_v1", "watchlist_known_v1")
KNOWN: LiteralString = "views.watchlist_known_v1"
# ``position``: of the event that last set the instants anew.
CASES: LiteralString = """
CREATE TABLE views.watchlist_v1 (
    case_id uuid PRIMARY KEY, accepted jsonb NOT NULL, position bigint NOT NULL,
    yellow_at timestamptz, red_at timestamptz, illegal_at timestamptz,
    next_at timestamptz
);
CREATE INDEX ON views.watchlist_v1 (next_at) WHERE next_at IS NOT NULL;
"""
SCHEMA: LiteralString = CASES + "CREATE TABLE " + KNOWN + COLUMNS + ";"
INSERT: LiteralString = """
INSERT INTO views.watchlist_v1 (case_id, accepted, position, yellow_at, red_at,
    illegal_at, next_at)
VALUES (%(case_id)s, %(accepted)s, %(position)s, %(yellow_at)s, %(red_at)s,
    %(illegal_at)s, least(%(yellow_at)s::timestamptz, %(red_at)s, %(illegal_at)s))
"""
# Only where something moved: the sentinel need not look again at all the others.
RESET: LiteralString = """
UPDATE views.watchlist_v1 SET position = %(position)s, yellow_at = %(yellow_at)s,
    red_at = %(red_at)s, illegal_at = %(illegal_at)s,
    next_at = least(%(yellow_at)s::timestamptz, %(red_at)s, %(illegal_at)s)
WHERE case_id = %(case_id)s AND (yellow_at, red_at, illegal_at)
    IS DISTINCT FROM (%(yellow_at)s::timestamptz, %(red_at)s::timestamptz,
        %(illegal_at)s::timestamptz)
"""
BEGIN_ANEW: LiteralString = """
UPDATE views.watchlist_v1 SET position = %s,
    next_at = least(yellow_at, red_at, illegal_at)
WHERE case_id = %s
"""
AFTER_KIND: dict[str, LiteralString] = {
    NoticeKind.YELLOW: "least(red_at, illegal_at)",
    NoticeKind.RED: "illegal_at",
    NoticeKind.ILLEGAL: "NULL",
}
CLAIM: LiteralString = """
SELECT case_id, next_at, position FROM views.watchlist_v1 WHERE next_at <= %s
ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED
"""
MOVE_ON: LiteralString = """
UPDATE views.watchlist_v1 SET next_at = (
    SELECT min(later) FROM unnest(ARRAY[yellow_at, red_at, illegal_at]) AS later
    WHERE later > next_at)
WHERE case_id = ANY(%s)
"""
OF_ALL = (CalendarYearPublished, CalendarYearRevised, WarningPolicyPublished)
ENDS = (e.CaseDecided, e.CaseWithdrawn, e.AcceptanceRefused)
EVENTS = (*OF_ALL, e.CaseAccepted, e.CaseTransferred, *ENDS, NoticeSent)
# The sentinel moves it on.
MOVED_BY_OTHERS = ("next_at",)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCase:
    """A case to be looked at since ``next_at``, as the event at ``position`` set it."""

    case_id: UUID
    next_at: datetime
    position: int


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    event, case_id = recorded.event, recorded.originator_id
    match event:
        case CalendarYearPublished() | CalendarYearRevised() | WarningPolicyPublished():
            keep(cursor, KNOWN, recorded)
            _recompute(cursor, recorded.position)
        case e.CaseAccepted():
            _begin(cursor, recorded, event, _known(cursor))
        case e.CaseTransferred():
            cursor.execute(BEGIN_ANEW, (recorded.position, case_id))
        case e.CaseDecided() | e.CaseWithdrawn() | e.AcceptanceRefused():
            cursor.execute(
                "DELETE FROM views.watchlist_v1 WHERE case_id = %s", (case_id,)
            )
        case NoticeSent(kind=kind) if kind in AFTER_KIND:
            _pass(cursor, event)


def project_all(cursor: ReadCursor, events: Sequence[Recorded]) -> None:
    """Of cases that come to their end here, nothing before that counts."""
    ends = {r.originator_id: r.position for r in events if isinstance(r.event, ENDS)}
    if ends:
        cursor.execute(
            "DELETE FROM views.watchlist_v1 WHERE case_id = ANY(%s)", (list(ends),)
        )
    known: tuple[Calendar, WarningPolicy] | None = None
    for recorded in events:
        event = recorded.event
        case_id = event.case_id if type(event) is NoticeSent else recorded.originator_id
        if recorded.position <= ends.get(case_id, 0):
            continue
        if isinstance(event, e.CaseAccepted):
            known = known or _known(cursor)
            _begin(cursor, recorded, event, known)
            continue
        if isinstance(event, OF_ALL):
            known = None
        project(cursor, recorded)


def _begin(
    cursor: ReadCursor,
    recorded: Recorded,
    event: e.CaseAccepted,
    known: tuple[Calendar, WarningPolicy],
) -> None:
    row = _row(recorded.position, recorded.originator_id, event, *known)
    told = {"accepted": msgspec.json.encode(event).decode()}
    cursor.execute(INSERT, row | told)


def claim(cursor: ReadCursor, now: datetime, limit: int) -> list[DueCase]:
    """Lock what is due at ``now``, longest due first; not what another has locked."""
    cursor.execute(CLAIM, (now, limit))
    return [DueCase(**row) for row in cursor.fetchall()]


def move_on(cursor: ReadCursor, looked_at: list[DueCase]) -> None:
    """Wait for the instant after the one that was claimed, though it be past too."""
    cursor.execute(MOVE_ON, ([each.case_id for each in looked_at],))


def _pass(cursor: ReadCursor, event: NoticeSent) -> None:
    update: LiteralString = (
        "UPDATE views.watchlist_v1 SET next_at = "
        + AFTER_KIND[event.kind]
        + " WHERE case_id = %s"
    )
    cursor.execute(update, (event.case_id,))


def _recompute(cursor: ReadCursor, position: int) -> None:
    """R-607, R-403: another calendar or policy moves the instants of open cases."""
    cursor.execute("SELECT case_id, accepted FROM views.watchlist_v1")
    rows = cursor.fetchall()
    if not rows:
        return
    calendar, policy = _known(cursor)
    for row in rows:
        accepted = msgspec.convert(row["accepted"], e.CaseAccepted)
        reset = _row(position, row["case_id"], accepted, calendar, policy)
        cursor.execute(RESET, reset)


def _known(cursor: ReadCursor) -> tuple[Calendar, WarningPolicy]:
    calendar, policy = read_known(cursor, KNOWN)
    return calendar, policy or NO_POLICY


def _row(
    position: int,
    case_id: UUID,
    accepted: e.CaseAccepted,
    calendar: Calendar,
    policy: WarningPolicy,
) -> dict[str, object]:
    turns: Turning = turning(deadlines_of([accepted], calendar), calendar, policy)
    return {
        "case_id": case_id,
        "position": position,
        "yellow_at": turns.yellow_at,
        "red_at": turns.red_at,
        "illegal_at": turns.illegal_at,
    }
