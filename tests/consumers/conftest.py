"""The log's fixtures for all tests of the consumers."""

from tests.world_fixtures import services, settled, world

__all__ = ["services", "settled", "world"]
