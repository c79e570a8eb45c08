"""Others at the same log, acting just before or after the first appends."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg
import pytest

from infra.appending import Append, Appended
from infra.services import Services, open_services
from tests.world import World

Act = Callable[[], object]


@contextmanager
def rival(services: Services) -> Iterator[World]:
    """Open the same log once more, with caches and one connection of its own."""
    conninfo = services.database.conninfo
    settings = services.settings.model_copy(update={"pool_size": 1})
    with open_services(settings, conninfo) as other:
        yield World(other, serial=count(1_000_000))


def before_append(
    patch: pytest.MonkeyPatch, services: Services, act: Act, times: int
) -> None:
    """Let ``act`` happen between decision and append, the first ``times`` times."""
    recorder = services.log.log_recorder
    append, left = recorder.append, [times]

    def meddled(request: Append) -> Appended:
        if left[0]:
            left[0] -= 1
            act()
        return append(request)

    patch.setattr(recorder, "append", meddled)


def after_append(patch: pytest.MonkeyPatch, services: Services, act: Act) -> None:
    """Let ``act`` happen once, when the append is committed but not yet answered."""
    recorder = services.log.log_recorder
    append, left = recorder.append, [1]

    def meddled(request: Append) -> Appended:
        appended = append(request)
        if left[0]:
            left[0] -= 1
            act()
        return appended

    patch.setattr(recorder, "append", meddled)


def cut_connections(conninfo: str) -> int:
    """End the sessions of the log's recorder, as a restart of the server would."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE application_name = 'banjian log' AND datname = current_database()"
        )
        return ended.rowcount


def while_waiting(future: "Future[Any]", conninfo: str) -> None:
    """Return as soon as somebody waits for the append lock."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for _ in range(500):
            row = connection.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
                " WHERE locktype = 'advisory' AND NOT granted"
                " AND datname = current_database()"
            ).fetchone()
            if row and row[0]:
                return
            assert not future.done()
            time.sleep(0.01)
    pytest.fail("nobody waits for the append lock")
