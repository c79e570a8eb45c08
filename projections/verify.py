"""Whether a view is what its events make of it: a replay beside it, and both hashed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from psycopg import Cursor
from psycopg.rows import DictRow
from psycopg.sql import SQL, Identifier

from infra.database import Database
from infra.event_log import EventLog
from projections.place import NEXT, Place
from projections.rebuild import Rebuild, Watcher
from projections.standing import read_standings
from projections.view import View

SNAPSHOT: LiteralString = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
# Sums do not depend on the order of rows, and need no sorting.
STATE: LiteralString = """
SELECT count(*)::text || ':' || coalesce(sum(hashtextextended(told, 0)::numeric), 0)
    || ':' || coalesce(sum(hashtextextended(told, 1)::numeric), 0) AS state
FROM (SELECT (to_jsonb(r) - {apart}::text[])::text AS told FROM {table} r) AS rows
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Hashes of the tables as they run and as replayed, at the same position."""

    name: str
    position: int
    running: tuple[str, ...]
    replayed: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return self.running == self.replayed


class ViewIsNotThere(LookupError):
    """The view was never begun: there is nothing to compare."""


def verify(
    event_log: EventLog,
    database: Database,
    views: Sequence[View],
    watcher: Watcher | None = None,
) -> list[Verdict]:
    """Replay ``views`` beside the running ones, compare, and drop what was replayed.

    The running ones go on meanwhile: each is hashed in a snapshot.
    """
    replay = Rebuild(event_log, database, views, watcher=watcher)
    running = Place(database=database)
    with replay.alone():
        replay.make(until=min(_position(running, view) for view in views))
        verdicts = [_verdict(event_log, running, view, watcher) for view in views]
        replay.drop()
    return verdicts


def _verdict(
    event_log: EventLog, running: Place, view: View, watcher: Watcher | None
) -> Verdict:
    with running.transaction() as cursor:
        cursor.execute(SNAPSHOT)
        states = _states(cursor, view)
        position = _position_in(cursor, view)
    Rebuild(event_log, running.database, [view], watcher=watcher).make(until=position)
    with Place(database=running.database, schema=NEXT).transaction() as cursor:
        replayed = _states(cursor, view)
    return Verdict(name=view.NAME, position=position, running=states, replayed=replayed)


def _states(cursor: Cursor[DictRow], view: View) -> tuple[str, ...]:
    """``MOVED_BY_OTHERS`` names columns that do not come from events alone."""
    apart = list(getattr(view, "MOVED_BY_OTHERS", ()))
    states = []
    for table in view.TABLES:
        query = SQL(STATE).format(table=Identifier("views", table), apart=apart)
        row = cursor.execute(query).fetchone()
        states.append(str(row["state"]) if row else "")
    return tuple(states)


def _position(place: Place, view: View) -> int:
    with place.transaction() as cursor:
        return _position_in(cursor, view)


def _position_in(cursor: Cursor[DictRow], view: View) -> int:
    for each in read_standings(cursor):
        if (each.name, each.version) == (view.NAME, view.VERSION):
            return each.position
    raise ViewIsNotThere(view.NAME)
