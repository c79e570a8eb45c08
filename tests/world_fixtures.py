"""Fixtures of a simulated log: empty, with people to act, or a whole small county."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.initialise import begin
from infra.services import Services, open_services
from infra.settings import Settings
from tests.world import START, World, settle


@pytest.fixture
def services(database_url: str, home: Path) -> Iterator[Services]:
    """All parts of a process on a fresh simulated log."""
    begin(database_url, simulated=True, instant=START)
    with open_services(Settings(home=home), database_url) as opened:
        yield opened


@pytest.fixture
def ordinary(database_url: str, home: Path) -> Iterator[Services]:
    """All parts of a process on a fresh ordinary log, which has the real time."""
    begin(database_url, simulated=False)
    with open_services(Settings(home=home), database_url) as opened:
        yield opened


@pytest.fixture
def world(services: Services) -> World:
    return World(services)


@pytest.fixture
def settled(world: World) -> World:
    """Three tiers of offices, officers, posts, items, calendar and policy."""
    settle(world)
    return world
