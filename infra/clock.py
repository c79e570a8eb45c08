"""The one clock: the log's own, read in the database, so that all agree on now."""

from collections.abc import Callable
from datetime import datetime

from infra.database import Database, Role
from infra.initialise import LogIsNotInitialised

Clock = Callable[[], datetime]


def log_clock(database: Database) -> Clock:
    """The log clock of ``database``: real, or the settable one of a simulated log."""

    def now() -> datetime:
        with database.transaction(Role.READER) as cursor:
            cursor.execute("SELECT log.now() AS now")
            row = cursor.fetchone()
        if row is None or row["now"] is None:
            msg = "the log has no clock: run `banjian init`"
            raise LogIsNotInitialised(msg)
        instant: datetime = row["now"]
        return instant

    return now


def set_simulated_clock(database: Database, instant: datetime, rate: float) -> None:
    """Set a simulated log's clock; it then runs ``rate`` seconds a second.

    The database refuses it on an ordinary log.
    """
    with database.transaction(Role.WRITER) as cursor:
        cursor.execute("SELECT log.set_clock(%s, %s)", (instant, rate))


def is_clock_running(database: Database) -> bool:
    """Whether time passes in the log: always, but for a simulated clock at rest."""
    with database.transaction(Role.READER) as cursor:
        cursor.execute("SELECT NOT simulated OR rate > 0 AS runs FROM log.clock")
        row = cursor.fetchone()
    return bool(row and row["runs"])
