"""Where each view stands: its position in the log, who keeps it, or why it stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import uuid4

from psycopg import Cursor
from psycopg.rows import DictRow
from psycopg.sql import SQL, Identifier

from projections.view import View

READERS: LiteralString = "banjian_reader, banjian_inspector, banjian_writer"
LEASE_SECONDS = 3.0
CLAIM: LiteralString = """
SELECT name, position, held_by IS NOT DISTINCT FROM %(me)s AS is_mine
FROM views.registry
WHERE (name, version) IN (SELECT * FROM unnest(%(names)s::text[], %(versions)s::int[]))
    AND status = 'running'
    AND (held_by = %(me)s OR held_until IS NULL OR held_until < clock_timestamp()
        OR %(lease)s::float8 = 0)
FOR UPDATE SKIP LOCKED
"""
ADVANCE: LiteralString = """
UPDATE views.registry SET position = %(position)s, updated_at = clock_timestamp(),
    held_by = %(me)s,
    held_until = clock_timestamp() + make_interval(secs => %(lease)s::float8)
WHERE (name, version) IN (SELECT * FROM unnest(%(names)s::text[], %(versions)s::int[]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One row of ``views.registry``; ``error`` names the failing event's position."""

    name: str
    version: int
    position: int
    status: str
    error: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A view that is ours for this transaction, and whether we wrote it last."""

    position: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Keeper:
    """A projector, known by ``name``; others leave its views alone for ``lease`` s.

    The lease only spares them from taking turns. What keeps two from writing one
    view is the lock of its row, held until the transaction that moves it commits.
    """

    name: str
    lease: float = LEASE_SECONDS


def new_keeper(lease: float = LEASE_SECONDS) -> Keeper:
    return Keeper(str(uuid4()), lease)


def read_standings(cursor: Cursor[DictRow]) -> list[Standing]:
    cursor.execute(
        "SELECT name, version, position, status, error FROM views.registry"
        " ORDER BY name, version"
    )
    return [Standing(**row) for row in cursor.fetchall()]


def ensure(cursor: Cursor[DictRow], view: View, *, indexed: bool = True) -> None:
    """Make the view's tables and its row, once; several processes may try."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('banjian views'))")
    cursor.execute(
        "INSERT INTO views.registry (name, version) VALUES (%s, %s)"
        " ON CONFLICT DO NOTHING",
        (view.NAME, view.VERSION),
    )
    if cursor.rowcount == 0:
        return
    tables, indexes = parts_of(view.SCHEMA)
    for statement in (*tables, *(indexes if indexed else ())):
        cursor.execute(statement)
    for table in view.TABLES:
        grant = SQL("GRANT SELECT ON views.{table} TO " + READERS)
        cursor.execute(grant.format(table=Identifier(table)))


def index(cursor: Cursor[DictRow], view: View) -> None:
    """Make what ``ensure`` left out, and let the planner know the tables."""
    for statement in parts_of(view.SCHEMA)[1]:
        cursor.execute(statement)
    for table in view.TABLES:
        cursor.execute(SQL("ANALYZE views.{table}").format(table=Identifier(table)))


def parts_of(
    schema: LiteralString,
) -> tuple[list[LiteralString], list[LiteralString]]:
    """Statements that make tables, and those that only make reading quick."""
    statements = [each.strip() for each in schema.split(";") if each.strip()]
    indexes = [each for each in statements if each.startswith("CREATE INDEX")]
    return [each for each in statements if each not in indexes], indexes


def claim(
    cursor: Cursor[DictRow], views: Sequence[View], keeper: Keeper
) -> Mapping[str, Claim]:
    """Lock the rows of ``views`` for this transaction.

    Left out is what has stopped, what another has locked, or holds by a lease.
    """
    cursor.execute(CLAIM, _about(views, keeper))
    return {
        row["name"]: Claim(int(row["position"]), row["is_mine"])
        for row in cursor.fetchall()
    }


def advance(
    cursor: Cursor[DictRow], views: Sequence[View], keeper: Keeper, position: int
) -> None:
    cursor.execute(ADVANCE, _about(views, keeper) | {"position": position})


def release(cursor: Cursor[DictRow], keeper: Keeper) -> None:
    """Another may take over at once."""
    cursor.execute(
        "UPDATE views.registry SET held_until = NULL WHERE held_by = %s", (keeper.name,)
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


def _about(views: Sequence[View], keeper: Keeper) -> dict[str, object]:
    return {
        "names": [view.NAME for view in views],
        "versions": [view.VERSION for view in views],
        "me": keeper.name,
        "lease": keeper.lease,
    }
