"""Puts a view that was made beside in the place of the running one, in one step."""

import time
from typing import LiteralString

from psycopg import Cursor
from psycopg.errors import LockNotAvailable
from psycopg.rows import DictRow
from psycopg.sql import SQL, Identifier

from projections import standing
from projections.batch import LogReader
from projections.feeder import feeder_of
from projections.place import NEXT, OLD, VIEWS, Place, beside
from projections.stepping import BATCH, VIEWS_CHANNEL
from projections.view import View

ATTEMPTS, PAUSE_SECONDS = 60, 0.5
# Readers who come while it waits for those that are reading wait too: not long.
PATIENCE: LiteralString = "SET LOCAL lock_timeout = '1s'"
POSITION: LiteralString = (
    "SELECT position FROM views.registry WHERE name = %s AND version = %s FOR UPDATE"
)
TAKE_OVER: LiteralString = """
UPDATE views.registry SET position = %s, status = 'running', error = NULL,
    held_by = NULL, held_until = NULL, updated_at = clock_timestamp()
WHERE name = %s AND version = %s
"""


def switch(view: View, running: Place, reader: LogReader) -> int:
    """The position of the view that is read from now on; the old is kept beside.

    The row of the running view is locked meanwhile, so its projector stands still.
    """
    with running.transaction() as cursor:
        standing.ensure(cursor, view)
    for _ in range(ATTEMPTS):
        try:
            with running.transaction() as cursor:
                return _switch(cursor, view, reader)
        except LockNotAvailable:
            time.sleep(PAUSE_SECONDS)
    raise LockNotAvailable(f"{view.NAME} is being read without a pause")


def drop_old(view: View, running: Place) -> bool:
    """Drop what ``switch`` kept, and versions before this one; whether there was any.

    Tables are named after their version.
    """
    with running.transaction() as cursor:
        found = [table for table in view.TABLES if _is_there(cursor, OLD, table)]
        for table in found:
            cursor.execute(SQL("DROP TABLE {}").format(Identifier(OLD, table)))
        cursor.execute(
            "DELETE FROM views.registry WHERE name = %s AND version < %s"
            " RETURNING version",
            (view.NAME, view.VERSION),
        )
        earlier = [int(row["version"]) for row in cursor.fetchall()]
        for version in earlier:
            for table in view.TABLES:
                name = table.removesuffix(f"_v{view.VERSION}") + f"_v{version}"
                drop = SQL("DROP TABLE IF EXISTS {}")
                cursor.execute(drop.format(Identifier(VIEWS, name)))
    return bool(found or earlier)


def _switch(cursor: Cursor[DictRow], view: View, reader: LogReader) -> int:
    cursor.execute(PATIENCE)
    at_least = _locked_position(cursor, view)
    made = _caught_up(beside(cursor), view, reader, at_least)
    for table in view.TABLES:
        old, new = Identifier(VIEWS, table), Identifier(NEXT, table)
        kept = Identifier(OLD, table)
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(kept))
        move = SQL("ALTER TABLE {} SET SCHEMA {}")
        cursor.execute(move.format(old, Identifier(OLD)))
        cursor.execute(move.format(new, Identifier(VIEWS)))
    cursor.execute(TAKE_OVER, (made, view.NAME, view.VERSION))
    beside(cursor).execute(
        "DELETE FROM views.registry WHERE name = %s AND version = %s",
        (view.NAME, view.VERSION),
    )
    cursor.execute("SELECT pg_notify(%s, %s)", (VIEWS_CHANNEL, str(made)))
    return made


def _locked_position(cursor: Cursor[DictRow], view: View) -> int:
    row = cursor.execute(POSITION, (view.NAME, view.VERSION)).fetchone()
    if row is None:
        raise LookupError(view.NAME)
    return int(row["position"])


def _caught_up(
    cursor: Cursor[DictRow], view: View, reader: LogReader, at_least: int
) -> int:
    """Apply what the running view has had meanwhile; the position reached.

    Read apart: nobody is to see the view go back.
    """
    position, feeder = _locked_position(cursor, view), feeder_of(view)
    while position < at_least:
        batch = reader.after(position, min(BATCH, at_least - position))
        feeder.feed(cursor, batch, is_mine=False)
        feeder.committed()
        position = batch.last
    return position


def _is_there(cursor: Cursor[DictRow], schema: str, table: str) -> bool:
    cursor.execute(
        "SELECT FROM pg_tables WHERE schemaname = %s AND tablename = %s",
        (schema, table),
    )
    return cursor.fetchone() is not None
