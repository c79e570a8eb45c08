"""A scratch log of the owner's for each of the library's tests."""

import gc
from collections.abc import Iterator

import psycopg
import pytest
from eventsourcing.utils import clear_topic_cache

from infra.event_log import LIBRARY, library_environment
from infra.persistence import LogFactory

OWNER = {"POSTGRES_ROLE": "banjian_owner", "CREATE_TABLE": "y"}


def prepare(conninfo: str) -> None:
    """As migrated, but for two things that the library's tests know nothing of.

    They begin with an empty log, and some of them count versions from 0.
    """
    with psycopg.connect(conninfo) as connection:
        connection.execute("SET ROLE banjian_owner")
        connection.execute("INSERT INTO log.clock (simulated) VALUES (false)")
        connection.execute(
            "ALTER TABLE log.events DROP CONSTRAINT events_originator_version_check"
        )


@pytest.fixture(autouse=True)
def environment(
    database_url: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[dict[str, str]]:
    """Our settings with the library's own mapper, also as environment variables."""
    prepare(database_url)
    settings = library_environment(database_url, pool_size=12) | OWNER
    assert settings["PERSISTENCE_MODULE"] == LIBRARY["PERSISTENCE_MODULE"]
    del settings["MAPPER_TOPIC"]
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    if request.cls is not None:
        request.cls.scratch = settings
    yield settings
    clear_topic_cache()
    for factory in [it for it in gc.get_objects() if isinstance(it, LogFactory)]:
        factory.close()  # some of the library's tests leave theirs open
