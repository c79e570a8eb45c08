"""The log's fixtures for all tests of the views, and a runner over all views."""

import pytest

from infra.services import Services
from projections.all_views import ALL
from projections.runner import Runner
from tests.projections.shown import Shown
from tests.world_fixtures import services, settled, world

__all__ = ["runner", "services", "settled", "world"]


@pytest.fixture
def runner(services: Services) -> Runner:
    return Runner(services.log, services.database, ALL)


@pytest.fixture
def shown(services: Services, runner: Runner) -> Shown:
    """A log with nothing in it, to be told facts and asked what the views show."""
    return Shown(services, runner)
