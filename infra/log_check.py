"""What a program asks of a log before it works on it: known names, and no hole."""

from collections.abc import Collection

import psycopg

# A start counts the newest events, an index scan of well under a second; a hole
# further back is found by counting all of them, which `banjian check-log` does.
NEWEST = 200_000


class LogHoldsUnknownEvents(RuntimeError):
    """A newer program has written to this log; this one would misread it."""

    def __init__(self, names: Collection[str]) -> None:
        super().__init__(
            f"the log holds events that this program does not know: {sorted(names)};"
            " install the version that wrote them, or a later one"
        )


class LogHasAHole(RuntimeError):
    """Positions are dense by construction: an event has been taken out of the log."""

    def __init__(self, position: int) -> None:
        super().__init__(
            f"the event at position {position} is missing: somebody has removed it from"
            " the database; restore the log from a backup before going on"
        )


def require_sound(connection: psycopg.Connection, known: Collection[str]) -> None:
    """Raises ``LogHoldsUnknownEvents`` or ``LogHasAHole``; looks at the newest events.

    Quick whatever the size of the log.
    """
    rows = connection.execute("SELECT name FROM log.event_names").fetchall()
    unknown = {str(name) for (name,) in rows} - set(known)
    if unknown:
        raise LogHoldsUnknownEvents(unknown)
    hole = first_hole(connection, newest=NEWEST)
    if hole is not None:
        raise LogHasAHole(hole)


def first_hole(connection: psycopg.Connection, newest: int | None = None) -> int | None:
    """The first position without an event among the ``newest``, or among all."""
    row = connection.execute("SELECT last FROM log.counter").fetchone()
    last = int(row[0]) if row else 0
    before = 0 if newest is None else max(0, last - newest)
    counted = connection.execute(
        "SELECT count(*) FROM log.events"
        " WHERE notification_id > %s AND notification_id <= %s",
        (before, last),
    ).fetchone()
    if counted == (last - before,):
        return None
    found = connection.execute(
        "SELECT coalesce(min(n), %(last)s) FROM (SELECT row_number()"
        "  OVER (ORDER BY notification_id) + %(before)s AS n, notification_id AS there"
        "  FROM log.events WHERE notification_id > %(before)s) AS numbered"
        " WHERE n <> there",
        {"before": before, "last": last},
    ).fetchone()
    return int(found[0]) if found else last
