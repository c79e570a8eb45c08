"""A start refuses a log that holds unknown names, or from which something is gone."""

from pathlib import Path

import psycopg
import pytest

from infra.log_check import LogHasAHole, LogHoldsUnknownEvents, first_hole
from infra.services import Services, open_services
from infra.settings import Settings
from tests.world import World

WITHOUT_TRIGGERS = "ALTER TABLE log.events DISABLE TRIGGER ALL"


def take_out(conninfo: str, position: int) -> None:
    """What only somebody with the database's own files or rights could do."""
    with psycopg.connect(conninfo) as connection:
        connection.execute(WITHOUT_TRIGGERS)
        connection.execute(
            "DELETE FROM log.events WHERE notification_id = %s", (position,)
        )


def start(conninfo: str, home: Path) -> None:
    with open_services(Settings(home=home), conninfo):
        pass


def test_a_name_that_nobody_here_knows_stops_the_start(
    services: Services, home: Path
) -> None:
    conninfo = services.database.conninfo
    with psycopg.connect(conninfo) as connection:
        connection.execute("SET ROLE banjian_writer")
        connection.execute(
            "INSERT INTO log.events (originator_id, originator_version, topic, state)"
            " VALUES (gen_random_uuid(), 1, 'case.teleported.v1', '{}')"
        )
    with pytest.raises(LogHoldsUnknownEvents, match=r"case\.teleported\.v1"):
        start(conninfo, home)


@pytest.mark.parametrize("position", [1, 5, "last"])
def test_an_event_that_is_missing_stops_the_start(
    settled: World, home: Path, position: int | str
) -> None:
    conninfo = settled.services.database.conninfo
    last = settled.services.log.last_position()
    missing = last if position == "last" else int(position)
    take_out(conninfo, missing)
    with pytest.raises(LogHasAHole, match=rf"position {missing} is missing"):
        start(conninfo, home)


def test_a_hole_far_back_is_found_by_counting_all(settled: World) -> None:
    conninfo = settled.services.database.conninfo
    take_out(conninfo, 3)
    with psycopg.connect(conninfo) as connection:
        assert first_hole(connection, newest=2) is None
        assert first_hole(connection) == 3


def test_names_are_noted_whichever_way_events_come_in(settled: World) -> None:
    with psycopg.connect(settled.services.database.conninfo) as connection:
        noted = connection.execute("SELECT name FROM log.event_names ORDER BY 1")
        there = connection.execute("SELECT DISTINCT topic FROM log.events ORDER BY 1")
        assert noted.fetchall() == there.fetchall()
