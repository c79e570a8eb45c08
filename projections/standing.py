"""Where each view stands: its position in the log, or why it stopped."""

from dataclasses import dataclass
from typing import LiteralString

from psycopg import Cursor
from psycopg.rows import DictRow
from psycopg.sql import SQL, Identifier

from projections.view import View

READERS: LiteralString = "banjian_reader, banjian_inspector, banjian_writer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One row of ``views.registry``; ``error`` names the failing event's position."""

    name: str
    version: int
    position: int
    status: str
    error: str | None


def read_standings(cursor: Cursor[DictRow]) -> list[Standing]:
    cursor.execute(
        "SELECT name, version, position, status, error FROM views.registry"
        " ORDER BY name, version"
    )
    return [Standing(**row) for row in cursor.fetchall()]


def ensure(cursor: Cursor[DictRow], view: View) -> None:
    """Make the view's tables and its row, once; several processes may try."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('banjian views'))")
    cursor.execute(
        "INSERT INTO views.registry (name, version) VALUES (%s, %s)"
        " ON CONFLICT DO NOTHING",
        (view.NAME, view.VERSION),
    )
    if cursor.rowcount == 0:
        return
    cursor.execute(view.SCHEMA)
    for table in view.TABLES:
        grant = SQL("GRANT SELECT ON views.{table} TO " + READERS)
        cursor.execute(grant.format(table=Identifier(table)))


def claim(cursor: Cursor[DictRow], view: View) -> int | None:
    """Lock the view's row for this transaction; None if stopped or another has it."""
    cursor.execute(
        "SELECT position FROM views.registry WHERE name = %s AND version = %s"
        " AND status = 'running' FOR UPDATE SKIP LOCKED",
        (view.NAME, view.VERSION),
    )
    row = cursor.fetchone()
    return None if row is None else int(row["position"])


def advance(cursor: Cursor[DictRow], view: View, position: int) -> None:
    cursor.execute(
        "UPDATE views.registry SET position = %s, updated_at = clock_timestamp()"
        " WHERE name = %s AND version = %s",
        (position, view.NAME, view.VERSION),
    )


def stop(cursor: Cursor[DictRow], view: View, error: str) -> None:
    """Visibly: a view that cannot apply an event must not go on as if it had."""
    cursor.execute(
        "UPDATE views.registry SET status = 'stopped', error = %s,"
        " updated_at = clock_timestamp() WHERE name = %s AND version = %s",
        (error, view.NAME, view.VERSION),
    )


def drop(cursor: Cursor[DictRow], view: View) -> None:
    cursor.execute(
        "DELETE FROM views.registry WHERE name = %s AND version = %s",
        (view.NAME, view.VERSION),
    )
    for table in view.TABLES:
        statement = SQL("DROP TABLE IF EXISTS views.{table}")
        cursor.execute(statement.format(table=Identifier(table)))
