"""LISTEN lost, the database restarted, a pooler in between: it goes on by itself."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.initialise import begin
from infra.migrate import migrate
from infra.postgres import PrivateServer
from infra.services import Services, open_services
from infra.settings import Settings
from projections.runner import wait_for
from tests import examples as x
from tests.projections.keeping import NAMES, differing, projector_here
from tests.projections.scribe import Scribe
from tests.projections.shown import step
from tests.projections.swallowing import swallowing_line
from tests.servers import postmaster, wait_until
from tests.world import START

SECONDS = 30


@pytest.fixture
def elsewhere(services: Services) -> Iterator[Services]:
    """The parts of another process: what it appends wakes nobody here."""
    with open_services(services.settings, services.database.conninfo) as opened:
        yield opened


def shows(parts: Services, log: Services, seconds: float = SECONDS) -> bool:
    """Whether the views come up to the log that ``log`` reads."""
    return wait_for(parts.database, log.log.last_position(), NAMES, seconds)


def listeners(parts: Services) -> list[int]:
    """Backends whose last statement was LISTEN or who wait for notifications."""
    with psycopg.connect(parts.database.conninfo, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND (query LIKE 'LISTEN%' OR query LIKE 'SELECT last FROM log.counter%')"
            " AND pid <> pg_backend_pid()"
        ).fetchall()
    return [int(pid) for (pid,) in rows]


def crash(server_home: Path, conninfo: str) -> None:
    """What views had committed a moment ago may be lost: they do not wait for disk."""
    before = postmaster(server_home)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: answers(conninfo) and postmaster(server_home) != before)


def answers(conninfo: str) -> bool:
    try:
        psycopg.connect(conninfo).close()
    except psycopg.OperationalError:
        return False
    return True


def test_views_follow_when_everyone_who_listened_was_cut_off(
    services: Services, elsewhere: Services
) -> None:
    scribe = Scribe(elsewhere)
    with projector_here(services):
        scribe.tell(x.CASE, x.source_case, at=x.MORNING)
        assert shows(services, elsewhere)
        wait_until(lambda: bool(listeners(services)))
        with psycopg.connect(services.database.conninfo, autocommit=True) as admin:
            for pid in listeners(services):
                admin.execute("SELECT pg_terminate_backend(%s)", (pid,))
        scribe.tell(x.CASE, step("while nobody listened"), at=x.NOON)
        assert shows(services, elsewhere, 5)
    assert differing(services) == []


def test_views_follow_though_a_pooler_swallows_every_notification(
    services: Services, home: Path
) -> None:
    scribe = Scribe(services)
    with (
        swallowing_line(services.database.conninfo) as line,
        open_services(Settings(home=home), line.conninfo) as pooled,
        projector_here(pooled),
    ):
        scribe.tell(x.CASE, x.source_case, at=x.MORNING)
        assert shows(pooled, services)
        scribe.tell(x.CASE, step("T1"), at=x.NOON)
        assert shows(pooled, services, 5)
        assert line.swallowed > 0
    assert differing(services) == []


def test_views_go_on_after_the_database_crashed_and_came_back(
    server_home: Path, home: Path
) -> None:
    settings = Settings(home=home)
    with PrivateServer(server_home, durable=False) as server:
        conninfo = server.conninfo
        migrate(conninfo)
        begin(conninfo, simulated=True, instant=START)
        with open_services(settings, conninfo) as parts, projector_here(parts):
            scribe = Scribe(parts)
            scribe.tell(x.CASE, x.source_case, at=x.MORNING)
            assert shows(parts, parts)
            crash(server_home, conninfo)
            with open_services(settings, conninfo) as again:
                Scribe(again, scribe.versions).tell(x.CASE, step("T1"), at=x.NOON)
                assert shows(again, again)
                assert differing(again) == []
