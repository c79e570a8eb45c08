"""Two logs given the same simulated steps: one by the door, one in bulk."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from consumers.simulation.plan import Plan
from consumers.simulation.steps import Step, opens_at, steps
from domain.party.events import IdentityClaimed
from infra.clock import set_simulated_clock
from infra.database import Role
from infra.event_codec import plain
from infra.initialise import begin
from infra.postgres import PrivateServer
from infra.services import Services, open_services
from infra.settings import Settings
from tests.conftest import fresh_database

COMMANDS = """SELECT actor, key, outcome FROM log.commands ORDER BY actor, key"""
UNSOUND = """SELECT notification_id FROM (
    SELECT notification_id, recorded_at, originator_version,
        row_number() OVER (ORDER BY notification_id) AS place,
        lag(recorded_at) OVER (ORDER BY notification_id) AS before,
        row_number() OVER (PARTITION BY originator_id ORDER BY notification_id) AS nth
    FROM log.events) AS e
    WHERE notification_id <> place OR recorded_at < before
        OR originator_version <> nth"""


def small(cases: int) -> Plan:
    return Plan(seed=11, townships=2, villages=4, cases=cases)


@contextmanager
def county_log(
    postgres: PrivateServer, template: str, home: Path
) -> Iterator[Services]:
    """A simulated log that begins where the plans do; ``home`` holds the keys."""
    with fresh_database(postgres, template) as conninfo:
        begin(conninfo, simulated=True, instant=opens_at(small(1)))
        with open_services(Settings(home=home), conninfo) as services:
            yield services


def steps_of(services: Services, cases: int) -> list[Step]:
    return list(steps(small(cases), services.keys.digest))


def by_the_door(services: Services, given: Iterable[Step]) -> None:
    for step in given:
        set_simulated_clock(services.database, step.at, 0)
        services.desk.execute_all([step.request])


def stored(services: Services, query: str) -> list[dict[str, Any]]:
    with services.database.transaction(Role.WRITER) as cursor:
        return cursor.execute(query.encode()).fetchall()


def events_of(services: Services) -> list[tuple[object, ...]]:
    """Plain events and meta: sealed, and named by chance, they differ each time."""
    return [
        (
            recorded.position,
            None if isinstance(recorded.event, IdentityClaimed) else stream_id,
            recorded.originator_version,
            plain(recorded.event, recorded.meta),
            recorded.recorded_at,
        )
        for recorded in services.log.after(0, 1_000_000)
        for stream_id in [recorded.originator_id]
    ]


def everything(services: Services) -> list[list[Any]]:
    """Events and outcomes, and what is unsound about their order: nothing."""
    return [
        events_of(services),
        stored(services, COMMANDS),
        stored(services, UNSOUND),
    ]
