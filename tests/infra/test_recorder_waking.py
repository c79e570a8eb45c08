"""Readers are woken: in the process at once, in others soon, whatever gets lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import psycopg
import pytest

from infra.appending import Append
from infra.event_log import EventLog, library_environment
from infra.services import Services
from infra.waking import CHANNEL
from tests.infra.rivals import cut_connections
from tests.infra.test_recorder import events

A = UUID(int=1)


@pytest.fixture
def elsewhere(services: Services) -> Iterator[EventLog]:
    """The same log in another process, as far as being woken goes."""
    with EventLog(env=library_environment(services.database.conninfo, 1)) as log:
        yield log


def append(services: Services, *versions: int) -> int:
    return services.log.log_recorder.append(Append(events=events(A, *versions))).last


def test_a_reader_in_the_process_is_woken_without_the_database(
    services: Services,
) -> None:
    end, last = services.log.log_recorder.end, services.log.last_position()
    assert not end.wait_beyond(last, 0.01)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(end.wait_beyond, last, 10)
        append(services, 1)
        assert waiting.result()


def test_a_reader_in_another_process_is_woken(
    services: Services, elsewhere: EventLog
) -> None:
    last = services.log.last_position()
    assert elsewhere.wait_beyond(last - 1, 10)
    for version in range(1, 4):
        assert append(services, version) == last + version
        assert elsewhere.wait_beyond(last + version - 1, 10)


def test_a_reader_that_lost_its_connection_comes_back(
    services: Services, elsewhere: EventLog
) -> None:
    last = services.log.last_position()
    assert elsewhere.wait_beyond(last - 1, 10)
    assert cut_connections(services.database.conninfo)
    append(services, 1)
    assert elsewhere.wait_beyond(last, 10)


def test_a_notification_that_is_swallowed_is_made_up_for(
    services: Services, elsewhere: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.waking.CHANNEL", "nobody_writes_here")
    last = services.log.last_position()
    assert elsewhere.wait_beyond(last - 1, 10)
    append(services, 1)
    assert elsewhere.wait_beyond(last, 10)


def test_many_appends_are_told_of_by_few_notifications(services: Services) -> None:
    with psycopg.connect(services.database.conninfo, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}".encode())
        for version in range(1, 101):
            last = append(services, version)
        heard = []
        for notice in listener.notifies(timeout=10):
            heard.append(int(notice.payload))
            if heard[-1] == last:
                break
    assert heard == sorted(set(heard))
    assert len(heard) < 90


def test_the_last_append_before_the_end_is_told_of(services: Services) -> None:
    conninfo = services.database.conninfo
    with psycopg.connect(conninfo, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}".encode())
        with EventLog(env=library_environment(conninfo, 1)) as log:
            last = log.log_recorder.append(Append(events=events(A, 1))).last
        (notice,) = listener.notifies(timeout=10, stop_after=1)
    assert notice.payload == str(last)
