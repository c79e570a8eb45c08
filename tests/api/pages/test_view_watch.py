"""What a board says of the views it rests on, and how it gets over a lost database."""

import time

import psycopg
import pytest

from api.pages.view_watch import BEHIND, STOPPED, ViewWatch
from infra.database import Role
from infra.services import Services
from projections import standing, tracking
from projections.all_views import ALL
from projections.runner import Runner
from tests.world import World, open_case

LISTENERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND query LIKE 'LISTEN banjian_views%'"
)


def caught_up(services: Services) -> Runner:
    runner = Runner(services.log, services.database, ALL)
    runner.catch_up()
    return runner


def test_views_that_have_caught_up_are_the_present(settled: World) -> None:
    services = settled.services
    caught_up(services)
    now = ViewWatch(services).standing()
    assert now.problem is None
    assert now.tracking == services.log.last_position()


def test_views_that_stay_behind_are_told_of(settled: World) -> None:
    runner = caught_up(settled.services)
    watch = ViewWatch(settled.services, patience=0.0)
    assert watch.standing().problem is None
    open_case(settled)
    watch.standing()
    assert watch.standing().problem == BEHIND
    runner.catch_up()
    assert watch.standing().problem is None


def test_a_stopped_view_is_told_of(settled: World) -> None:
    services = settled.services
    caught_up(services)
    view = next(view for view in ALL if view.NAME == tracking.NAME)
    with services.database.transaction(Role.PROJECTOR) as cursor:
        standing.stop(cursor, view, "KeyError at position 7")
    assert ViewWatch(services).standing().problem == STOPPED


def test_a_lost_connection_is_made_anew(settled: World) -> None:
    watch = ViewWatch(settled.services)
    watch.wait(0.01)
    with psycopg.connect(settled.services.database.conninfo) as connection:
        connection.execute(LISTENERS)
    with pytest.raises(psycopg.OperationalError):
        watch.wait(1)
    watch.wait(0.01)
    watch.close()


def test_it_is_woken_when_a_view_moves(settled: World) -> None:
    runner = caught_up(settled.services)
    watch = ViewWatch(settled.services)
    watch.wait(0.01)
    open_case(settled)
    runner.catch_up()
    begun = time.monotonic()
    watch.wait(30)
    watch.close()
    assert time.monotonic() - begun < 1
