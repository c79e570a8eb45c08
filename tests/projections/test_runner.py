"""The runner: batches, positions, poison, rebuilds and lost connections."""

import threading
import time
from dataclasses import dataclass
from typing import LiteralString, cast
from uuid import UUID

import psycopg
import pytest
from eventsourcing.persistence import PersistenceError

from domain.case.events import CaseAccepted
from infra.database import Role
from infra.envelope import Recorded
from infra.services import Services
from projections import offices, tracking
from projections.all_views import ALL
from projections.runner import Runner, ViewIsUnknown, is_passing, wait_for
from projections.view import ReadCursor, View
from tests import examples as x
from tests.projections.reading import all_tables, table
from tests.projections.shown import Shown, step
from tests.world import World, accept_case, finish_case, open_case

OFFICES, TRACKING = cast("View", offices), cast("View", tracking)


@dataclass
class Poisoned:
    """A view that cannot apply an acceptance."""

    NAME: str = "poisoned"
    VERSION: int = 1
    TABLES: tuple[LiteralString, ...] = ("poisoned_v1",)
    SCHEMA: LiteralString = "CREATE TABLE views.poisoned_v1 (position bigint)"

    @staticmethod
    def project(cursor: ReadCursor, recorded: Recorded) -> None:
        if isinstance(recorded.event, CaseAccepted):
            cursor.execute("SELECT 1 / 0")
        cursor.execute(
            "INSERT INTO views.poisoned_v1 VALUES (%s)", (recorded.position,)
        )


def foreseen(parts: Services, stream: UUID, version: int, state: bytes) -> None:
    """An event with a name that this program does not know."""
    with psycopg.connect(parts.database.conninfo) as connection:
        connection.execute(
            "INSERT INTO log.events (originator_id, originator_version, topic, state)"
            " VALUES (%s, %s, 'case.foreseen.v9', %s)",
            (stream, version, state),
        )


def a_case(world: World) -> None:
    open_case(world)
    accept_case(world)
    finish_case(world)


def test_the_position_passes_events_that_a_view_ignores(
    settled: World, runner: Runner
) -> None:
    a_case(settled)
    runner.catch_up()
    last = settled.services.log.last_position()
    assert {s.position for s in runner.standings()} == {last}


def test_a_rebuilt_view_has_the_same_rows(settled: World, runner: Runner) -> None:
    a_case(settled)
    runner.catch_up()
    before = all_tables(settled.services)
    for view in ALL:
        runner.rebuild(view.NAME)
    assert all_tables(settled.services) == before


def test_two_runners_apply_every_event_once(settled: World) -> None:
    a_case(settled)
    parts = settled.services
    runners = [Runner(parts.log, parts.database, ALL) for _ in range(3)]
    threads = [threading.Thread(target=r.catch_up) for r in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    runners[0].catch_up()
    rows = table(parts, "tracking_v1")
    assert len(rows) == len({row["position"] for row in rows}) == 5


def test_a_view_that_cannot_apply_an_event_stops_and_the_others_go_on(
    settled: World,
) -> None:
    a_case(settled)
    parts = settled.services
    runner = Runner(parts.log, parts.database, (Poisoned(), TRACKING))
    runner.catch_up()
    stands = {s.name: s for s in runner.standings()}
    accepted = parts.log.stream(x.CASE)[3].position
    assert stands["poisoned"].status == "stopped"
    assert stands["poisoned"].error == f"DivisionByZero at position {accepted}"
    assert stands["tracking"].position == parts.log.last_position()


def test_a_stopped_view_holds_all_that_came_before(settled: World) -> None:
    a_case(settled)
    parts = settled.services
    runner = Runner(parts.log, parts.database, (Poisoned(),))
    runner.catch_up()
    before = parts.log.stream(x.CASE)[3].position - 1
    held = [row["position"] for row in table(parts, "poisoned_v1")]
    assert sorted(held) == list(range(1, before + 1))
    assert [s.position for s in runner.standings()] == [before]
    assert runner.step() is False


def test_only_views_that_need_the_event_stop_at_it(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, x.source_case, step("T1", step="no such step"))
    shown.tell(x.NOON, step("T2"))
    shown.runner.catch_up()
    last = shown.services.log.last_position()
    stopped = {s.name: s for s in shown.runner.standings() if s.status == "stopped"}
    assert set(stopped) == {"deadlines", "efficiency"}
    assert {s.position for s in stopped.values()} == {last - 2}
    assert len(shown.rows("tracking_v1")) == 3


def test_an_event_that_nobody_can_read_is_named_by_its_position(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.at_hand)
    foreseen(shown.services, x.BO, 1, b"{}")
    shown.runner.catch_up()
    last = shown.services.log.last_position()
    told = {(s.position, s.error) for s in shown.runner.standings()}
    assert told == {(last - 1, f"ValueError at position {last}")}
    assert len(shown.rows("tracking_v1")) == 2


def test_a_fact_of_a_newer_program_stops_nothing_and_is_shown_as_unknown(
    shown: Shown,
) -> None:
    shown.tell(x.MORNING, *x.at_hand)
    _, state = shown.services.log.log_recorder.select_events(x.CASE)
    foreseen(shown.services, x.CASE, 3, state.state)
    shown.runner.catch_up()
    last = shown.services.log.last_position()
    assert {(s.position, s.status) for s in shown.runner.standings()} == {
        (last, "running")
    }
    *_, unknown = shown.ask(tracking.timeline, x.CASE)
    assert (unknown["name"], unknown["details"]) == ("case.foreseen.v9", {})


def test_a_log_that_cannot_be_read_stops_no_view(shown: Shown) -> None:
    shown.runner.catch_up()
    shown.tell(x.MORNING, *x.at_hand)
    with psycopg.connect(shown.services.database.conninfo) as connection:
        connection.execute("REVOKE SELECT ON log.events FROM banjian_writer")
    with pytest.raises(PersistenceError):
        shown.runner.step()
    assert {s.status for s in shown.runner.standings()} == {"running"}
    with psycopg.connect(shown.services.database.conninfo) as connection:
        connection.execute("GRANT SELECT ON log.events TO banjian_writer")
    assert len(shown.rows("tracking_v1")) == 2


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.LockNotAvailable(), True),
        (psycopg.errors.DiskFull(), True),
        (psycopg.OperationalError("the connection is lost"), True),
        (psycopg.InterfaceError("the connection is closed"), True),
        (PersistenceError(), True),
        (psycopg.errors.ProgramLimitExceeded(), False),  # an event too large
        (psycopg.errors.PipelineAborted(), False),  # the statement before it failed
        (psycopg.errors.DivisionByZero(), False),
        (ValueError(), False),
    ],
)
def test_a_fault_of_the_server_is_no_fault_of_a_view(
    error: Exception, *, passes: bool
) -> None:
    assert is_passing(error) is passes


def test_an_unknown_view_is_not_rebuilt(runner: Runner) -> None:
    with pytest.raises(ViewIsUnknown):
        runner.rebuild("nothing")


def test_it_goes_on_after_the_database_cut_its_connections(settled: World) -> None:
    parts, stop = settled.services, threading.Event()
    runner = Runner(parts.log, parts.database, (OFFICES, TRACKING))
    thread = threading.Thread(target=runner.run, args=(stop,))
    thread.start()
    try:
        reached = parts.log.last_position()
        assert wait_for(parts.database, reached, ["tracking"], 10)
        cut_connections(parts)
        time.sleep(0.2)
        a_case(settled)
        reached = parts.log.last_position()
        assert wait_for(parts.database, reached, ["tracking"], 15)
    finally:
        stop.set()
        thread.join()


def cut_connections(parts: Services) -> None:
    with psycopg.connect(parts.database.conninfo, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_waiting_says_whether_the_views_got_there(
    settled: World, runner: Runner
) -> None:
    runner.catch_up()
    parts = settled.services
    last = parts.log.last_position()
    assert wait_for(parts.database, last, ["tracking", "deadlines"], 0)
    assert not wait_for(parts.database, last + 1, ["tracking"], 0.02)


def test_readers_cannot_write_a_view(settled: World, runner: Runner) -> None:
    runner.catch_up()
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        settled.services.database.transaction(Role.READER) as cursor,
    ):
        cursor.execute("DELETE FROM views.tracking_v1")
