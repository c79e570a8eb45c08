"""Directory of service items in their current version."""

from typing import LiteralString

from domain.catalogue.events import ItemVersionPublished
from infra.envelope import Recorded
from projections.view import ReadCursor, Rows

NAME, VERSION = "items", 1
TABLES: tuple[LiteralString, ...] = ("items_v1",)
SCHEMA: LiteralString = """
CREATE TABLE views.items_v1 (
    item_code text PRIMARY KEY, version int NOT NULL, name text NOT NULL,
    item_type text NOT NULL, regime text NOT NULL, case_type text NOT NULL,
    statutory_limit int, promised_limit int NOT NULL, limit_unit text NOT NULL
);
"""
COLUMNS: LiteralString = (
    "item_code, version, name, item_type, regime, case_type, statutory_limit,"
    " promised_limit, limit_unit"
)
EVENTS = (ItemVersionPublished,)


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    event = recorded.event
    if not isinstance(event, ItemVersionPublished):
        return
    cursor.execute(
        "DELETE FROM views.items_v1 WHERE item_code = %s", (event.item_code,)
    )
    cursor.execute(
        "INSERT INTO views.items_v1 VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            event.item_code,
            event.version,
            event.name,
            event.item_type,
            event.regime,
            event.case_type,
            event.statutory_limit,
            event.promised_limit,
            event.limit_unit,
        ),
    )


def page(cursor: ReadCursor, after: str, limit: int) -> Rows:
    """Items by code, those after the code ``after``; a county has one catalogue."""
    select: LiteralString = (
        "SELECT "
        + COLUMNS
        + " FROM views.items_v1 WHERE item_code > %s ORDER BY item_code LIMIT %s"
    )
    cursor.execute(select, (after, limit))
    return cursor.fetchall()
