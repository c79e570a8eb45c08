"""The tests of infra work on a log of their own, empty or of a small county."""

from tests.world_fixtures import ordinary, services, settled, world

__all__ = ["ordinary", "services", "settled", "world"]
