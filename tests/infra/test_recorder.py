"""The recorder: dense positions whatever goes wrong, and one writer at a time."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest
from eventsourcing.persistence import (
    DataError,
    IntegrityError,
    StoredEvent,
)

from domain.office.events import OfficeRenamed
from infra.appending import Append, CommandIsRecorded, CommandRow, StreamsHaveMoved
from infra.event_codec import encode
from infra.log_recorder import APPEND_LOCK, LogRecorder
from infra.services import Services
from tests.golden.examples import LIVE
from tests.infra.rivals import while_waiting

A, B = UUID(int=1), UUID(int=2)
TOPIC, STATE = encode(OfficeRenamed(name="甲"), LIVE)


@pytest.fixture
def recorder(services: Services) -> LogRecorder:
    return services.log.log_recorder


def events(stream: UUID, *versions: int) -> list[StoredEvent]:
    return [StoredEvent(stream, version, TOPIC, STATE) for version in versions]


def row(key: str, event_count: int = 0) -> CommandRow:
    return CommandRow(
        actor="a", key=key, request_hash=b"h", outcome={}, event_count=event_count
    )


def places(found: Sequence[StoredEvent]) -> list[tuple[int, int]]:
    return [(e.originator_id.int, e.originator_version) for e in found]  # type: ignore[union-attr]


def test_positions_follow_the_order_given_across_streams(recorder: LogRecorder) -> None:
    batch = [*events(A, 1, 2), *events(B, 1), *events(A, 3)]
    appended = recorder.append(Append(events=batch))
    assert (appended.positions, appended.last) == ((2, 3, 4, 5), 5)
    logged = recorder.select_notifications(2, 10)
    assert [n.id for n in logged] == [2, 3, 4, 5]
    assert places(logged) == [(1, 1), (1, 2), (2, 1), (1, 3)]


def test_what_fails_leaves_neither_event_nor_hole(recorder: LogRecorder) -> None:
    recorder.append(Append(events=events(A, 1), commands=[row("k", 1)]))
    broken = replace(row("n"), outcome={"title": "\0"})
    for failing, fault in (
        (Append(events=events(B, 1), versions={A: 0}), StreamsHaveMoved),
        (Append(events=events(B, 1), commands=[row("k", 1)]), CommandIsRecorded),
        (Append(events=[*events(B, 1, 2), *events(A, 1)]), IntegrityError),
        (Append(events=events(B, 0)), IntegrityError),
        (Append(events=events(B, 1), commands=[broken]), DataError),
    ):
        with pytest.raises(fault):
            recorder.append(failing)
    appended = recorder.append(Append(events=events(B, 1)))
    assert appended.positions == (3,)
    assert places(recorder.select_many([A, B])) == [(1, 1), (2, 1)]


def test_an_append_of_outcomes_alone_says_where_the_log_stands(
    recorder: LogRecorder,
) -> None:
    recorder.append(Append(events=events(A, 1, 2)))
    appended = recorder.append(Append(commands=[row("k")]))
    assert (appended.positions, appended.last) == ((), 3)
    _, outcome = recorder.stored_outcomes([("a", "k"), ("a", "other")])["a", "k"]
    assert outcome == {"positions": [], "last": 3}


def test_each_outcome_is_kept_with_its_own_positions(recorder: LogRecorder) -> None:
    batch = [*events(A, 1, 2), *events(B, 1)]
    rows = [row("two", 2), row("none"), row("one", 1)]
    recorder.append(Append(events=batch, commands=rows))
    stored = recorder.stored_outcomes([("a", r.key) for r in rows])
    assert [stored["a", r.key][1]["positions"] for r in rows] == [[2, 3], [], [4]]
    assert stored["a", "two"][0] == b"h"


def test_an_append_rests_on_the_versions_it_names(recorder: LogRecorder) -> None:
    recorder.append(Append(events=events(A, 1, 2)))
    for versions in ({A: 1}, {B: 0, A: 0}):
        with pytest.raises(StreamsHaveMoved):
            recorder.append(Append(events=events(B, 1), versions=versions))
    recorder.append(Append(events=events(B, 1), versions={A: 2, B: 0}))


def test_one_writer_at_a_time(services: Services) -> None:
    recorder, conninfo = services.log.log_recorder, services.database.conninfo
    with psycopg.connect(conninfo) as holder, ThreadPoolExecutor(1) as pool:
        holder.execute("SELECT pg_advisory_xact_lock(%s)", (APPEND_LOCK,))
        append = Append(events=events(A, 1))
        waiting = pool.submit(recorder.append, append)
        while_waiting(waiting, conninfo)
        holder.commit()
        assert waiting.result(timeout=10).positions == (2,)


def test_the_library_appends_through_the_same_door(recorder: LogRecorder) -> None:
    assert recorder.insert_events([]) == []
    assert recorder.insert_events(events(A, 1, 2)) == [2, 3]
    with pytest.raises(IntegrityError):
        recorder.insert_events(events(A, 2))
    assert recorder.max_notification_id() == 3


def test_a_stream_is_read_in_parts_and_backwards(recorder: LogRecorder) -> None:
    recorder.insert_events(events(A, 1, 2, 3, 4))
    select = recorder.select_events
    assert [e.originator_version for e in select(A, gt=1, lte=3)] == [2, 3]
    assert [e.originator_version for e in select(A, desc=True, limit=2)] == [4, 3]
    assert list(select(B)) == []


def test_the_log_is_read_in_parts_and_by_name(recorder: LogRecorder) -> None:
    other = [replace(e, topic="other.v1") for e in events(B, 1)]
    recorder.insert_events([*events(A, 1), *other, *events(A, 2)])
    select = recorder.select_notifications
    assert [n.id for n in select(2, 2)] == [2, 3]
    assert [n.id for n in select(2, 9, inclusive_of_start=False)] == [3, 4]
    assert [n.id for n in select(2, 9, stop=3)] == [2, 3]
    assert [n.id for n in select(None, 9, topics=["other.v1"])] == [3]


def test_an_append_that_nobody_can_be_told_of_is_still_an_append(
    recorder: LogRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_long_for_postgresql = "c" * 100
    monkeypatch.setattr("infra.log_recorder.CHANNEL", too_long_for_postgresql)
    assert recorder.append(Append(events=events(A, 1))).positions == (2,)
