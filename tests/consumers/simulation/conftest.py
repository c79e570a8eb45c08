"""A fresh simulated log that is begun before the first step of a small plan."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from consumers.simulation.plan import Plan
from consumers.simulation.steps import opens_at
from infra.initialise import begin
from infra.services import Services, open_services
from infra.settings import Settings
from tests.world_fixtures import ordinary

__all__ = ["opened", "ordinary"]

SMALL = Plan(seed=7, townships=2, villages=4, cases=12)


@pytest.fixture
def opened(database_url: str, home: Path) -> Iterator[Services]:
    begin(database_url, simulated=True, instant=opens_at(SMALL))
    with open_services(Settings(home=home), database_url) as services:
        yield services
