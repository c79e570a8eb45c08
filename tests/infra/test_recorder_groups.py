"""Saves that share a transaction: each all or nothing, each told what came of it."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from eventsourcing.persistence import (
    DataError,
    IntegrityError,
    PersistenceError,
)
from structlog.testing import capture_logs

from infra.appending import (
    Append,
    Appended,
    CommandIsRecorded,
    LogIsBusy,
    OutcomeIsUnknown,
    StreamsHaveMoved,
)
from infra.event_log import EventLog, library_environment
from infra.log_recorder import APPEND_LOCK
from infra.services import Services
from tests.infra.rivals import cut_connections, while_waiting
from tests.infra.test_recorder import events, places, row

A, B, C, D = (UUID(int=number) for number in range(1, 5))
Answers = list["Future[Appended]"]


@contextmanager
def lock_held(services: Services) -> Iterator[psycopg.Connection]:
    """Somebody else is appending."""
    with psycopg.connect(services.database.conninfo) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(%s)", (APPEND_LOCK,))
        yield holder


def in_one_group(services: Services, saves: Sequence[Append]) -> Answers:
    """What came of ``saves``, which all waited while somebody else wrote."""
    recorder, conninfo = services.log.log_recorder, services.database.conninfo
    with ThreadPoolExecutor(len(saves) + 1) as pool, lock_held(services) as holder:
        first = pool.submit(recorder.append, Append(commands=[row("first")]))
        while_waiting(first, conninfo)
        answers: Answers = []
        for number, save in enumerate(saves, start=1):
            answers.append(pool.submit(recorder.append, save))
            while recorder.waiting < number:
                time.sleep(0.001)
        holder.commit()
    return answers


def test_saves_at_once_share_a_transaction_and_have_positions_of_their_own(
    services: Services,
) -> None:
    saves = [
        Append(events=events(UUID(int=n), 1, 2), commands=[row(f"k{n}", 2)])
        for n in range(1, 6)
    ]
    answers = [future.result() for future in in_one_group(services, saves)]
    assert [a.positions for a in answers] == [(2, 3), (4, 5), (6, 7), (8, 9), (10, 11)]
    assert [a.last for a in answers] == [3, 5, 7, 9, 11]
    assert len({a.transaction_id for a in answers}) == 1
    keys = [("a", f"k{n}") for n in range(1, 6)]
    stored = services.log.log_recorder.stored_outcomes(keys)
    assert [stored[key][1] for key in keys] == [
        {"positions": list(a.positions), "last": a.last} for a in answers
    ]


def test_who_conflicts_is_refused_alone_and_leaves_nothing(services: Services) -> None:
    recorder = services.log.log_recorder
    recorder.append(Append(events=events(A, 1), commands=[row("k", 1)]))
    moved, known, taken, unscathed = in_one_group(
        services,
        [
            Append(events=events(B, 1), versions={A: 0}, commands=[row("moved", 1)]),
            Append(events=events(C, 1), commands=[row("k", 1)]),
            Append(events=[*events(D, 1), *events(A, 1)]),
            Append(events=events(UUID(int=9), 1, 2), versions={A: 1, B: 0}),
        ],
    )
    assert isinstance(moved.exception(), StreamsHaveMoved)
    assert isinstance(known.exception(), CommandIsRecorded)
    assert type(taken.exception()) is IntegrityError
    assert unscathed.result().positions == (3, 4)
    assert places(recorder.select_many([A, B, C, D])) == [(1, 1)]
    assert recorder.stored_outcomes([("a", "moved")]) == {}


def test_what_the_database_cannot_store_is_refused_alone(services: Services) -> None:
    unstorable = replace(row("n"), outcome={"title": "\0"})
    broken, twice, unscathed = in_one_group(
        services,
        [
            Append(events=events(A, 1), commands=[unstorable]),
            Append(events=events(B, 1, 1)),
            Append(events=events(C, 1)),
        ],
    )
    assert isinstance(broken.exception(), DataError)
    assert isinstance(twice.exception(), IntegrityError)
    assert unscathed.result().positions == (2,)
    assert services.log.last_position() == 2


def test_a_second_save_on_a_stream_follows_the_first_or_is_refused(
    services: Services,
) -> None:
    first, stale, following = in_one_group(
        services,
        [
            Append(events=events(A, 1), versions={A: 0}),
            Append(events=events(A, 1), versions={A: 0}),
            Append(events=events(A, 2), versions={A: 1}),
        ],
    )
    assert first.result().positions == (2,)
    assert isinstance(stale.exception(), StreamsHaveMoved)
    assert following.result().positions == (3,)


def test_what_is_appended_is_read_back_with_position_time_and_transaction(
    ordinary: Services,
) -> None:
    appended = ordinary.log.log_recorder.append(Append(events=events(A, 1, 2)))
    read = ordinary.log.after(1, 10)
    assert tuple(r.position for r in read) == appended.positions == (2, 3)
    assert {r.recorded_at for r in read} == {appended.recorded_at}
    assert {r.transaction_id for r in read} == {appended.transaction_id}
    (mine,) = ordinary.log.streams([A]).values()
    assert mine == read


def test_the_lock_is_not_waited_for_for_ever(services: Services) -> None:
    conninfo = services.database.conninfo
    impatient = library_environment(conninfo, 1) | {"POSTGRES_LOCK_TIMEOUT": "1"}
    with (
        lock_held(services),
        EventLog(env=impatient) as log,
        pytest.raises(LogIsBusy, match="nothing was written"),
    ):
        log.log_recorder.append(Append(events=events(A, 1)))
    assert services.log.log_recorder.append(Append(events=events(A, 1))).last == 2


def test_an_append_does_not_wait_for_vacuum(services: Services) -> None:
    with psycopg.connect(services.database.conninfo) as vacuum:
        vacuum.execute("LOCK TABLE log.events IN SHARE UPDATE EXCLUSIVE MODE")
        began = time.monotonic()
        services.log.log_recorder.append(Append(events=events(A, 1)))
        assert time.monotonic() - began < 2


def test_a_clock_set_back_is_kept_flat_and_told_once(ordinary: Services) -> None:
    recorder = ordinary.log.log_recorder
    with psycopg.connect(ordinary.database.conninfo) as connection:
        connection.execute("UPDATE log.counter SET last_at = last_at + interval '1 h'")
    with capture_logs() as lines:
        times = [
            recorder.append(Append(events=events(A, version))).recorded_at
            for version in (1, 2, 3)
        ]
    assert len(set(times)) == 1
    (alarm,) = [line for line in lines if line["event"] == "log_clock_stepped_back"]
    assert alarm["log_level"] == "warning"
    assert timedelta(minutes=59) < timedelta(seconds=alarm["seconds"])


def test_nobody_in_a_group_knows_what_came_of_it_when_the_connection_is_cut(
    services: Services,
) -> None:
    conninfo, recorder = services.database.conninfo, services.log.log_recorder
    saves = [Append(events=events(stream, 1)) for stream in (A, B, C)]
    with ThreadPoolExecutor(3) as pool, lock_held(services) as holder:
        first = pool.submit(recorder.append, saves[0])
        while_waiting(first, conninfo)
        cut_connections(conninfo)
        assert isinstance(first.exception(20), OutcomeIsUnknown)
        holder.rollback()
    assert [recorder.append(save).last for save in saves] == [2, 3, 4]


def test_a_connection_pool_that_is_closed_writes_nothing(services: Services) -> None:
    log = EventLog(env=library_environment(services.database.conninfo, 1))
    log.log_recorder.append(Append(events=events(A, 1)))
    log.close()
    with pytest.raises(PersistenceError) as fault:
        log.log_recorder.append(Append(events=events(A, 2)))
    assert not isinstance(fault.value, OutcomeIsUnknown)
