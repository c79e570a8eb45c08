"""Ordinary and simulated logs: told apart for ever, and by their first event."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from psycopg.errors import RestrictViolation

from domain.authority import Role
from domain.office.commands import RegisterOffice
from infra.clock import is_clock_running, log_clock, set_simulated_clock
from infra.database import Database
from infra.initialise import LogIsNotInitialised, LogIsOfOtherKind, begin
from infra.log_events import LOG_STREAM, LogInitialised
from infra.services import Services
from tests import examples as x
from tests.infra.other_process import begin_the_log, together
from tests.world import START, World

HOUR = timedelta(hours=1)
SWITCH = """UPDATE log.clock SET simulated = NOT simulated,
    instant = CASE WHEN simulated THEN NULL ELSE now() END"""


def record(world: World, name: str) -> datetime:
    """Open an office, and give the instant at which that was recorded."""
    code = f"640323{next(world.serial) + 100}000"
    if not world.services.log.last_position() > 1:
        county = RegisterOffice(code=x.COUNTY, name="县", phone="1", now=START)
        world.do(county, Role.ADMINISTRATOR)
    command = RegisterOffice(code=code, name=name, phone="1", now=START)
    position = world.do(command, Role.ADMINISTRATOR).position
    (event,) = world.services.log.after(position - 1, 1)
    assert event.recorded_at is not None
    return event.recorded_at


def test_the_first_event_says_which_kind_of_log_it_is(
    services: Services,
) -> None:
    (first,) = services.log.after(0, 10)
    assert first.event == LogInitialised(is_simulated=True)
    assert (first.position, first.originator_id) == (1, LOG_STREAM)
    assert first.recorded_at == START
    assert services.simulated


def test_an_ordinary_log_says_so_too_and_has_the_real_time(ordinary: Services) -> None:
    (first,) = ordinary.log.after(0, 10)
    assert first.event == LogInitialised(is_simulated=False)
    assert first.recorded_at is not None
    assert abs(datetime.now(UTC) - first.recorded_at) < timedelta(minutes=1)
    assert not ordinary.simulated


def test_beginning_again_changes_nothing(services: Services) -> None:
    begin(services.database.conninfo, simulated=True, instant=START + HOUR)
    assert services.log.last_position() == 1
    assert services.clock() == START


def test_two_processes_that_begin_at_once_begin_one_log(database_url: str) -> None:
    assert together(begin_the_log, [(database_url,)] * 2) == [True, True]
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT notification_id, topic FROM log.events")
        assert rows.fetchall() == [(1, "log.initialised.v1")]


def test_a_log_is_never_begun_as_the_other_kind(database_url: str) -> None:
    begin(database_url, simulated=False)
    with pytest.raises(LogIsOfOtherKind):
        begin(database_url, simulated=True)


@pytest.mark.parametrize("simulated", [False, True])
def test_nobody_switches_a_log(database_url: str, *, simulated: bool) -> None:
    begin(database_url, simulated=simulated)
    with psycopg.connect(database_url, autocommit=True) as connection:
        for mode in ("origin", "replica"):
            connection.execute(f"SET session_replication_role = {mode}".encode())
            for change in (
                SWITCH,
                "DELETE FROM log.clock",
                "TRUNCATE log.clock",
            ):
                with pytest.raises(RestrictViolation):
                    connection.execute(change.encode())


def test_the_clock_of_an_ordinary_log_is_not_set(ordinary: Services) -> None:
    assert is_clock_running(ordinary.database)
    with pytest.raises(RestrictViolation, match="only a simulated log"):
        set_simulated_clock(ordinary.database, START, 1)
    assert abs(datetime.now(UTC) - ordinary.clock()) < timedelta(minutes=1)


def test_what_is_recorded_bears_the_time_of_the_set_clock(world: World) -> None:
    set_simulated_clock(world.services.database, START + HOUR, 0)
    assert record(world, "甲") == START + HOUR == world.now()
    set_simulated_clock(world.services.database, START + 24 * HOUR, 0)
    assert record(world, "乙") == START + 24 * HOUR


def test_a_clock_set_back_does_not_turn_the_log_back(world: World) -> None:
    set_simulated_clock(world.services.database, START + HOUR, 0)
    record(world, "甲")
    set_simulated_clock(world.services.database, START, 0)
    assert world.now() == START
    assert record(world, "乙") == START + HOUR
    set_simulated_clock(world.services.database, START + 2 * HOUR, 0)
    assert record(world, "丙") == START + 2 * HOUR


def test_without_a_log_there_is_no_time(database_url: str) -> None:
    database = Database(database_url)
    with pytest.raises(LogIsNotInitialised):
        log_clock(database)()
    assert not is_clock_running(database)
    database.close()


def test_a_clock_at_rest_is_told_from_one_that_runs(
    services: Services,
) -> None:
    assert not is_clock_running(services.database)
    set_simulated_clock(services.database, START, 2)
    assert is_clock_running(services.database)


def test_a_simulated_clock_runs_as_fast_as_it_is_told(world: World) -> None:
    set_simulated_clock(world.services.database, START, 3_600_000)
    first, second = world.now(), world.now()
    assert START < first < second
    with pytest.raises(psycopg.errors.CheckViolation):
        set_simulated_clock(world.services.database, START, -1)
