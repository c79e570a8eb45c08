"""Directory of officers, by the name on their badge or in a foreign log."""

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from domain.staff.events import OfficerRegistered, SourceOfficerNamed
from infra.envelope import Recorded
from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor, Rows

NAME, VERSION = "officers", 1
TABLES: tuple[LiteralString, ...] = ("officers_v1",)
SCHEMA: LiteralString = """
CREATE TABLE views.officers_v1 (
    officer_id uuid PRIMARY KEY, staff_no text, name text NOT NULL,
    office_code text NOT NULL, is_from_source boolean NOT NULL
);
"""
EVENTS = (OfficerRegistered, SourceOfficerNamed)


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    row: tuple[str | None, str, str, bool]
    match recorded.event:
        case OfficerRegistered() as event:
            row = (event.staff_no, event.badge_name, event.office_code, False)
        case SourceOfficerNamed() as event:
            row = (None, event.label, event.office_code, True)
        case _:
            return
    cursor.execute(
        "INSERT INTO views.officers_v1 VALUES (%s, %s, %s, %s, %s)",
        (event.officer_id, *row),
    )


def page(cursor: ReadCursor, scope: Scope, after: UUID, limit: int) -> Rows:
    """Officers of the scope by id, those after the id ``after``."""
    query: LiteralString = (
        "SELECT officer_id, staff_no, name, office_code, is_from_source"
        " FROM views.officers_v1 WHERE officer_id > %(after)s AND "
        + IN_SCOPE
        + " ORDER BY officer_id LIMIT %(limit)s"
    )
    cursor.execute(query, {"after": after, "prefix": scope.prefix, "limit": limit})
    return cursor.fetchall()


def names(cursor: ReadCursor, officers: Sequence[UUID]) -> dict[UUID, str]:
    cursor.execute(
        "SELECT officer_id, name FROM views.officers_v1 WHERE officer_id = ANY(%s)",
        (list(officers),),
    )
    return {row["officer_id"]: row["name"] for row in cursor.fetchall()}
