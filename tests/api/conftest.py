"""The county behind its API: fresh for each test, or shared where nothing changes."""

from collections.abc import Iterator

import pytest

from infra.initialise import begin
from infra.services import open_services
from infra.settings import Settings
from tests.api.county import County, county_of
from tests.world import START, World, settle
from tests.world_fixtures import services, settled, world

__all__ = ["services", "settled", "world"]


@pytest.fixture
def county(settled: World) -> Iterator[County]:
    with county_of(settled) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_county(
    module_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[County]:
    """One county for all tests of a module."""
    begin(module_database_url, simulated=True, instant=START)
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    with open_services(settings, module_database_url) as opened:
        settled_world = World(opened)
        settle(settled_world)
        with county_of(settled_world) as running:
            yield running
