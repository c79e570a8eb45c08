"""Dynamic tracking: the whole way of every case, one row an event; the live ticker."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.case import events as e
from infra.envelope import Recorded
from infra.stored_names import NAMES
from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor, Rows

NAME, VERSION = "tracking", 1
TABLES: tuple[LiteralString, ...] = ("tracking_v1", "tracking_cases_v1")
SCHEMA: LiteralString = """
CREATE TABLE views.tracking_v1 (
    position bigint PRIMARY KEY, case_id uuid NOT NULL, version int NOT NULL,
    office_code text NOT NULL, case_no text NOT NULL, item_name text,
    name text NOT NULL, activity text, step text,
    effective_at timestamptz NOT NULL, recorded_at timestamptz NOT NULL,
    actor text NOT NULL, officer uuid, to_officer uuid,
    is_imported boolean NOT NULL, is_derived boolean NOT NULL, details jsonb NOT NULL
);
CREATE INDEX ON views.tracking_v1 (case_id, version);
CREATE INDEX ON views.tracking_v1 (effective_at DESC, position DESC);
CREATE TABLE views.tracking_cases_v1 (
    case_id uuid PRIMARY KEY, office_code text NOT NULL, case_no text NOT NULL,
    item_name text
);
"""
# Who acts, by the field each kind of event names him in.
OFFICER = ("officer", "from_officer")
SHOWN_APART = frozenset(
    {"case_id", "applicant", "activity", "step", "to_officer", *OFFICER}
)
INSERT: LiteralString = """
INSERT INTO views.tracking_v1
SELECT %(position)s, %(case_id)s, %(version)s, office_code, case_no, item_name,
    %(name)s, %(activity)s, %(step)s, %(effective_at)s, %(recorded_at)s, %(actor)s,
    %(officer)s, %(to_officer)s, %(imported)s, %(derived)s, %(details)s
FROM views.tracking_cases_v1 WHERE case_id = %(case_id)s
"""
COLUMNS: LiteralString = (
    "position, case_id, version, office_code, case_no, item_name, name, activity,"
    " step, effective_at, recorded_at, actor, officer, to_officer, is_imported,"
    " is_derived, details"
)
SELECT: LiteralString = "SELECT " + COLUMNS + " FROM views.tracking_v1 WHERE "


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    event = recorded.event
    if not isinstance(event, e.CASE_EVENTS):
        return
    if isinstance(event, (e.CaseOpened, e.SourceCaseRecorded)):
        _begin(cursor, event)
    if isinstance(event, e.CaseTransferred):
        cursor.execute(
            "UPDATE views.tracking_cases_v1 SET office_code = %s WHERE case_id = %s",
            (event.to_office, recorded.originator_id),
        )
    cursor.execute(INSERT, _row(recorded))


def _begin(cursor: ReadCursor, event: e.CaseOpened | e.SourceCaseRecorded) -> None:
    if isinstance(event, e.SourceCaseRecorded):
        number = event.source_case
    else:
        number = event.case_no
    cursor.execute(
        "INSERT INTO views.tracking_cases_v1 VALUES (%s, %s, %s, %s)",
        (event.case_id, event.office_code, number, event.item_name),
    )


def _row(recorded: Recorded) -> dict[str, Any]:
    event, meta = recorded.event, recorded.meta
    told = {f.name: getattr(event, f.name) for f in fields(event)}
    officer = next((told[name] for name in OFFICER if told.get(name)), None)
    return {
        "position": recorded.position,
        "case_id": recorded.originator_id,
        "version": recorded.originator_version,
        "name": NAMES[type(event)],
        "activity": told.get("activity"),
        "step": told.get("step"),
        "effective_at": recorded.effective_at,
        "recorded_at": recorded.recorded_at,
        "actor": meta.actor,
        "officer": officer,
        "to_officer": told.get("to_officer"),
        "imported": "imported" in meta.flags,
        "derived": "derived" in meta.flags,
        "details": Jsonb(_details(told)),
    }


def _details(told: dict[str, Any]) -> dict[str, Any]:
    """Plain facts only: an applicant is an id, never a name."""
    return {
        name: _plain(value)
        for name, value in told.items()
        if name not in SHOWN_APART and _is_plain(value)
    }


def _is_plain(value: object) -> bool:
    """Not personal data, and not what a foreign log tells beside its steps."""
    if isinstance(value, tuple):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str | int | UUID | date)


def _plain(value: object) -> object:
    match value:
        case date():  # an instant too
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def timeline(cursor: ReadCursor, case_id: UUID, until: datetime | None = None) -> Rows:
    """The way of one case in the order of its stream, as of ``until``."""
    cursor.execute(
        SELECT
        + "case_id = %s AND (%s::timestamptz IS NULL OR effective_at <= %s)"
        + " ORDER BY version",
        (case_id, until, until),
    )
    return cursor.fetchall()


def ticker(cursor: ReadCursor, scope: Scope, after: int, limit: int) -> Rows:
    """What followed ``after`` in scope, oldest first."""
    cursor.execute(
        SELECT
        + "position > %(after)s AND "
        + IN_SCOPE
        + " ORDER BY position LIMIT %(limit)s",
        {"after": after, "prefix": scope.prefix, "limit": limit},
    )
    return cursor.fetchall()


def latest(
    cursor: ReadCursor, scope: Scope, limit: int, until: datetime | None = None
) -> Rows:
    """The newest steps in scope that had happened by ``until``, newest first."""
    cursor.execute(
        SELECT
        + "(%(until)s::timestamptz IS NULL OR effective_at <= %(until)s) AND "
        + IN_SCOPE
        + " ORDER BY effective_at DESC, position DESC LIMIT %(limit)s",
        {"until": until, "prefix": scope.prefix, "limit": limit},
    )
    return cursor.fetchall()
