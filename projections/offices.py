"""Directory of offices: code, name, tier and public telephone."""

from collections.abc import Sequence
from typing import LiteralString

from domain.office.codes import DivisionCode
from domain.office.events import OfficeRegistered, OfficeRenamed
from infra.envelope import Recorded
from projections.scope import Scope
from projections.view import ReadCursor, Rows

NAME, VERSION = "offices", 1
TABLES: tuple[LiteralString, ...] = ("offices_v1",)
SCHEMA: LiteralString = """
CREATE TABLE views.offices_v1 (
    code text PRIMARY KEY, stream uuid NOT NULL UNIQUE, name text NOT NULL,
    tier text NOT NULL, phone text NOT NULL
);
"""
EVENTS = (OfficeRegistered, OfficeRenamed)


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    match recorded.event:
        case OfficeRegistered(code=code, name=name, phone=phone):
            cursor.execute(
                "INSERT INTO views.offices_v1 VALUES (%s, %s, %s, %s, %s)",
                (code, recorded.originator_id, name, DivisionCode(code).tier, phone),
            )
        case OfficeRenamed(name=name):
            cursor.execute(
                "UPDATE views.offices_v1 SET name = %s WHERE stream = %s",
                (name, recorded.originator_id),
            )


def page(cursor: ReadCursor, scope: Scope, after: str, limit: int) -> Rows:
    """Offices of the scope by code, those after the code ``after``."""
    cursor.execute(
        "SELECT code, name, tier, phone FROM views.offices_v1"
        " WHERE starts_with(code, %s) AND code > %s ORDER BY code LIMIT %s",
        (scope.prefix, after, limit),
    )
    return cursor.fetchall()


def names(cursor: ReadCursor, codes: Sequence[str]) -> dict[str, str]:
    cursor.execute(
        "SELECT code, name FROM views.offices_v1 WHERE code = ANY(%s)", (list(codes),)
    )
    return {row["code"]: row["name"] for row in cursor.fetchall()}
