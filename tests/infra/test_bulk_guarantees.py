"""Positions and times are given to simulated logs only, and in one way only."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import (
    ArraySubscriptError,
    InsufficientPrivilege,
    InvalidParameterValue,
    NotNullViolation,
    RestrictViolation,
    SerializationFailure,
)
from psycopg.sql import SQL

from infra.initialise import begin
from tests.infra.test_log_guarantees import EVENT, VALUES, Connection, play
from tests.rules import rule

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAKE = "SET banjian.positions = 'given'"
GIVEN = f"""INSERT INTO log.events ({EVENT}, notification_id, recorded_at, xid, db_user)
    VALUES ({VALUES}, 99, '2000-01-01Z', '3'::xid8, 'somebody')
    RETURNING notification_id, recorded_at"""  # noqa: S608
ORDINARY = f"INSERT INTO log.events ({EVENT}) VALUES ({VALUES})"  # noqa: S608
CALL = """SELECT log.append_given(
    %s, %s, %s::uuid[], %s::bigint[], %s::text[], %s::bytea[], %s::timestamptz[])"""
STAND = "SELECT last, last_at, instant FROM log.counter, log.clock"


@pytest.fixture
def simulated(database_url: str) -> Iterator[Connection]:
    """A superuser's connection to a simulated log that began at ``BEGAN``."""
    begin(database_url, simulated=True, instant=BEGAN)
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def real(database_url: str) -> Iterator[Connection]:
    begin(database_url, simulated=False)
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def give(
    log: Connection, *times: datetime | None, expected: int = 1, **changes: Any
) -> object:
    count = len(times)
    columns = {
        "until": max(filter(None, times), default=BEGAN),
        "streams": [UUID(int=n) for n in range(count)],
        "versions": [1] * count,
        "topics": ["a.b.v1"] * count,
        "states": [b"{}"] * count,
        "times": list(times),
    } | changes
    row = log.execute(CALL, (expected, *columns.values())).fetchone()
    return row and row[0]


def test_the_writer_gives_times_through_the_owners_function(
    simulated: Connection,
) -> None:
    simulated.execute(play("writer"))
    assert give(simulated, BEGAN, BEGAN + HOUR, BEGAN + HOUR) == 4
    rows = simulated.execute(
        "SELECT notification_id, recorded_at, xid IS NOT NULL, db_user = session_user"
        " FROM log.events ORDER BY 1 OFFSET 1"
    ).fetchall()
    assert [row[:2] for row in rows] == [
        (2, BEGAN),
        (3, BEGAN + HOUR),
        (4, BEGAN + HOUR),
    ]
    assert {row[2:] for row in rows} == {(True, True)}
    assert simulated.execute(STAND).fetchone() == (4, BEGAN + HOUR, BEGAN + HOUR)


def test_what_comes_after_it_is_numbered_as_ever(simulated: Connection) -> None:
    simulated.execute(play("writer"))
    with simulated.transaction():
        give(simulated, BEGAN + HOUR)
        simulated.execute(ORDINARY)
    row = simulated.execute(
        "SELECT recorded_at FROM log.events WHERE notification_id = 3"
    ).fetchone()
    assert row == (BEGAN + HOUR,)


@rule("R-822")
def test_on_an_ordinary_log_nobody_gives_them(real: Connection) -> None:
    for role in ("writer", "owner"):
        real.execute(play(role))
        with pytest.raises(RestrictViolation):
            give(real, datetime.now(UTC) + HOUR)
    real.execute(FAKE)
    for who in (play("writer"), play("owner"), SQL("RESET ROLE")):
        real.execute(who)
        with pytest.raises((RestrictViolation, InsufficientPrivilege)):
            real.execute(GIVEN.encode())
        with pytest.raises(RestrictViolation):
            real.execute(ORDINARY.encode())


@rule("R-822")
def test_who_sets_the_setting_himself_gains_nothing(simulated: Connection) -> None:
    simulated.execute(FAKE)
    simulated.execute(play("writer"))
    with pytest.raises(InsufficientPrivilege):
        simulated.execute(GIVEN.encode())
    simulated.execute(ORDINARY.encode())
    simulated.execute("RESET ROLE")
    other = GIVEN.replace("000001'", "000002'")
    assert simulated.execute(other.encode()).fetchone() == (3, BEGAN)
    assert simulated.execute(STAND).fetchone() == (3, BEGAN, BEGAN)


@pytest.mark.parametrize(
    ("times", "changes", "refusal"),
    [
        ([BEGAN - HOUR], {}, InvalidParameterValue),
        ([BEGAN + HOUR, BEGAN], {}, InvalidParameterValue),
        ([BEGAN + HOUR], {"until": BEGAN}, InvalidParameterValue),
        ([BEGAN], {"times": ["infinity"]}, InvalidParameterValue),
        ([BEGAN, None], {}, NotNullViolation),
        ([BEGAN], {"expected": 0}, SerializationFailure),
        ([BEGAN], {"expected": 2}, SerializationFailure),
        ([BEGAN, BEGAN], {"states": [b"{}"]}, ArraySubscriptError),
    ],
)
def test_what_does_not_fit_is_refused_whole(
    simulated: Connection,
    times: list[datetime],
    changes: dict[str, Any],
    refusal: type[Exception],
) -> None:
    simulated.execute(play("writer"))
    with pytest.raises(refusal):
        give(simulated, *times, **changes)
    assert simulated.execute(STAND).fetchone() == (1, BEGAN, BEGAN)
    simulated.execute(ORDINARY.encode())  # and the setting is gone with it
    assert simulated.execute(STAND).fetchone() == (2, BEGAN, BEGAN)


def test_others_may_not_call_it(simulated: Connection) -> None:
    for role in ("projector", "reader", "inspector"):
        simulated.execute(play(role))
        with pytest.raises(InsufficientPrivilege):
            give(simulated, BEGAN)
