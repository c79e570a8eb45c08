"""Dynamic tracking: the whole way of every case, one row an event; the live ticker."""

from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any, LiteralString
from uuid import UUID

from domain.case import events as e
from domain.unknown import UnknownEvent
from infra.envelope import Recorded
from infra.stored_names import NAMES
from projections.row_store import RowStore, RowTable
from projections.scope import IN_SCOPE, Scope
from projections.view import CASE_BEGINS, ReadCursor, Rows

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
COLUMNS: tuple[LiteralString, ...] = (
    "position",
    "case_id",
    "version",
    "office_code",
    "case_no",
    "item_name",
    "name",
    "activity",
    "step",
    "effective_at",
    "recorded_at",
    "actor",
    "officer",
    "to_officer",
    "is_imported",
    "is_derived",
    "details",
)
CASES = RowTable(
    name="tracking_cases_v1",
    key=("case_id",),
    blank=dict.fromkeys(("case_id", "office_code", "case_no", "item_name")),
)
STEPS = RowTable(
    name="tracking_v1",
    key=("position",),
    blank=dict.fromkeys(COLUMNS),
    json=frozenset({"details"}),
    is_log=True,
)
ROWS = (CASES, STEPS)
EVENTS, BEGINS = (*e.CASE_EVENTS, UnknownEvent), CASE_BEGINS
# Who acts, by the field each kind of event names him in.
OFFICER = ("officer", "from_officer")
SHOWN_APART = frozenset(
    {"case_id", "applicant", "activity", "step", "to_officer", *OFFICER}
)
SELECT: LiteralString = (
    "SELECT " + ", ".join(COLUMNS) + " FROM views.tracking_v1 WHERE "
)


def part(recorded: Recorded) -> UUID:
    """A fact that this program does not know may be one of a case: it is shown."""
    return recorded.originator_id


def apply(rows: RowStore, recorded: Recorded) -> None:
    event, case_id = recorded.event, recorded.originator_id
    if isinstance(event, (e.CaseOpened, e.SourceCaseRecorded)):
        _begin(rows, event)
    if isinstance(event, e.CaseTransferred):
        moved = rows.change(CASES, case_id)
        if moved is not None:
            moved["office_code"] = event.to_office
    case = rows.get(CASES, case_id)
    if case is not None:
        rows.add(STEPS, _row(recorded) | case)


def _begin(rows: RowStore, event: e.CaseOpened | e.SourceCaseRecorded) -> None:
    if isinstance(event, e.SourceCaseRecorded):
        number = event.source_case
    else:
        number = event.case_no
    rows.begin(
        CASES,
        case_id=event.case_id,
        office_code=event.office_code,
        case_no=number,
        item_name=event.item_name,
    )


def _row(recorded: Recorded) -> dict[str, Any]:
    event, meta = recorded.event, recorded.meta
    kind: Any = type(event)
    flags = meta.flags
    acting = _acting(kind)
    return {
        "position": recorded.position,
        "version": recorded.originator_version,
        "name": NAMES.get(kind) or event.name,
        "activity": getattr(event, "activity", None),
        "step": getattr(event, "step", None),
        "effective_at": recorded.effective_at,
        "recorded_at": recorded.recorded_at,
        "actor": meta.actor,
        "officer": getattr(event, acting) if acting else None,
        "to_officer": getattr(event, "to_officer", None),
        "is_imported": "imported" in flags,
        "is_derived": "derived" in flags,
        "details": _details(event),
    }


@cache
def _acting(kind: type) -> str | None:
    """The field that says who acts."""
    names = {f.name for f in fields(kind)}
    return next((name for name in OFFICER if name in names), None)


@cache
def _told(kind: type) -> tuple[str, ...]:
    """Fields that are shown as they are; of a kind not known, none."""
    if kind is UnknownEvent:
        return ()
    return tuple(f.name for f in fields(kind) if f.name not in SHOWN_APART)


def _details(event: Any) -> dict[str, Any]:  # noqa: ANN401
    """Plain facts only: an applicant is an id, never a name."""
    told = {}
    kind: Any = type(event)
    for name in _told(kind):
        value = getattr(event, name)
        if isinstance(value, str | int) or _is_texts(value):
            told[name] = value
        elif isinstance(value, date):  # an instant too
            told[name] = value.isoformat()
        elif isinstance(value, UUID):
            told[name] = str(value)
    return told


def _is_texts(value: object) -> bool:
    """Else it may be what a foreign log tells beside its steps."""
    return isinstance(value, tuple) and all(isinstance(each, str) for each in value)


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
