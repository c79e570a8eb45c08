"""Beginning a log: its first event says whether it is a simulated one."""

from datetime import datetime
from uuid import uuid5

import psycopg

from domain.authority import Role
from infra.envelope import Meta
from infra.event_codec import encode
from infra.log_events import LOG_STREAM, LOG_STREAMS, LogInitialised
from infra.log_recorder import APPEND_LOCK


class LogIsNotInitialised(RuntimeError):
    """There is a database but no log in it: run ``banjian init`` first."""


class LogIsOfOtherKind(RuntimeError):
    """An ordinary log is never switched to simulated, nor back."""


def is_simulated(connection: psycopg.Connection) -> bool:
    """What the clock row says; raises ``LogIsNotInitialised`` where there is none."""
    row = connection.execute("SELECT simulated FROM log.clock").fetchone()
    if row is None:
        msg = "no log here yet: run `banjian init` (or `banjian init --simulated`)"
        raise LogIsNotInitialised(msg)
    return bool(row[0])


def begin(conninfo: str, *, simulated: bool, instant: datetime | None = None) -> None:
    """Give an empty log its clock and its first event, both or neither.

    ``instant`` is where a simulated clock starts (default: real now). Again is
    harmless, also from two processes at once; of another kind it is refused.
    """
    with psycopg.connect(conninfo) as connection:
        connection.execute("SET ROLE banjian_owner")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (APPEND_LOCK,))
        made = connection.execute(
            "INSERT INTO log.clock (simulated, instant, runs_from)"
            " SELECT %(simulated)s, CASE WHEN %(simulated)s"
            "   THEN coalesce(%(instant)s, clock_timestamp()) END, clock_timestamp()"
            " WHERE NOT EXISTS (SELECT FROM log.clock)",
            {"simulated": simulated, "instant": instant},
        )
        if is_simulated(connection) != simulated:
            msg = "this log is of the other kind; a log is never switched"
            raise LogIsOfOtherKind(msg)
        if made.rowcount:
            _say_which(connection, LogInitialised(is_simulated=simulated))


def _say_which(connection: psycopg.Connection, event: LogInitialised) -> None:
    meta = Meta(
        command_id=uuid5(LOG_STREAMS, "initialise"),
        correlation_id="initialise",
        actor="system",
        role=Role.ADMINISTRATOR,
    )
    connection.execute(
        "INSERT INTO log.events (originator_id, originator_version, topic, state)"
        " VALUES (%s, 1, %s, %s)",
        (LOG_STREAM, *encode(event, meta)),
    )
