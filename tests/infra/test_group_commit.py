"""Groups: who is in one, who leads it, and that no fault reaches a bystander."""

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from infra.appending import Append, Appended, CommandRow, OutcomeIsUnknown
from infra.group_commit import GroupCommit, Member

DONE = Appended(
    positions=(1,),
    last=1,
    recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    transaction_id=1,
)


def save(stream: int, *reads: int, key: str | None = None) -> Append:
    row = CommandRow(
        actor="a", key=key or "", request_hash=b"", outcome={}, event_count=1
    )
    return Append(
        events=[StoredEvent(UUID(int=stream), 1, "t", b"")],
        versions={UUID(int=number): 0 for number in reads},
        commands=[row] if key else (),
    )


class Writing:
    """Writes each group when it is let, and remembers it."""

    def __init__(self) -> None:
        self.commit = GroupCommit(self.write)
        self.groups: list[list[Append]] = []
        self.fault: Callable[[], BaseException] | None = None
        self._begun, self._go = threading.Event(), threading.Event()

    def write(self, group: Sequence[Member]) -> None:
        self.groups.append([member.append for member in group])
        self._begun.set()
        if not self._go.wait(20):
            raise TimeoutError
        if self.fault is not None:
            raise self.fault()
        for member in group:
            member.succeed(DONE)

    def busy(self, pool: ThreadPoolExecutor) -> "Future[Appended]":
        """Somebody who is writing until ``finish``."""
        first = pool.submit(self.commit.append, save(99))
        assert self._begun.wait(20)
        return first

    def waiting(
        self, pool: ThreadPoolExecutor, *saves: Append
    ) -> "list[Future[Appended]]":
        """Those who come meanwhile, in this order."""
        futures = []
        for number, one in enumerate(saves, start=1):
            futures.append(pool.submit(self.commit.append, one))
            while self.commit.waiting < number:
                time.sleep(0.001)
        return futures

    def finish(self) -> None:
        self._go.set()


@pytest.fixture
def writing() -> Writing:
    return Writing()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(12) as threads:
        yield threads


def test_a_sole_writer_goes_at_once_and_alone(writing: Writing) -> None:
    writing.finish()
    assert [writing.commit.append(save(n)) for n in range(3)] == [DONE] * 3
    assert [len(group) for group in writing.groups] == [1, 1, 1]


def test_who_comes_while_one_writes_is_in_the_next_group(
    writing: Writing, pool: ThreadPoolExecutor
) -> None:
    first = writing.busy(pool)
    others = writing.waiting(pool, *[save(n) for n in range(9)])
    writing.finish()
    assert [future.result(20) for future in (first, *others)] == [DONE] * 10
    assert [len(group) for group in writing.groups] == [1, 9]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [(save(1), save(1)), (save(1), save(2, 1)), (save(1, key="k"), save(2, key="k"))],
    ids=["same stream", "reads what the other writes", "same key"],
)
def test_what_rests_on_another_of_the_group_is_judged_after_it(
    writing: Writing, pool: ThreadPoolExecutor, earlier: Append, later: Append
) -> None:
    first = writing.busy(pool)
    others = writing.waiting(pool, earlier, later, save(3))
    writing.finish()
    assert [future.result(20) for future in (first, *others)] == [DONE] * 4
    assert writing.groups[1:] == [[earlier, save(3)], [later]]


def test_who_only_read_what_a_later_one_writes_goes_with_it(
    writing: Writing, pool: ThreadPoolExecutor
) -> None:
    writing.busy(pool)
    writing.waiting(pool, save(2, 1), save(1))
    writing.finish()
    while len(writing.groups) < 2:
        time.sleep(0.001)
    assert writing.groups[1] == [save(2, 1), save(1)]


def test_a_fault_of_all_is_told_to_each_by_an_exception_of_its_own(
    writing: Writing, pool: ThreadPoolExecutor
) -> None:
    writing.busy(pool)
    others = writing.waiting(pool, *[save(n) for n in range(3)])
    writing.fault = lambda: IntegrityError("broken")
    writing.finish()
    faults = [future.exception(20) for future in others]
    assert [type(fault) for fault in faults] == [IntegrityError] * 3
    assert len({id(fault) for fault in faults}) == 3


def test_when_the_leader_is_interrupted_the_others_do_not_know(
    writing: Writing, pool: ThreadPoolExecutor
) -> None:
    first = writing.busy(pool)
    others = writing.waiting(pool, save(1), save(2))
    writing.fault = KeyboardInterrupt
    writing.finish()
    assert isinstance(first.exception(20), KeyboardInterrupt)
    assert isinstance(others[0].exception(20), KeyboardInterrupt)
    assert isinstance(others[1].exception(20), OutcomeIsUnknown)
    writing.fault = None
    assert writing.commit.append(save(3)) == DONE


def test_who_is_interrupted_while_waiting_is_not_counted_on(
    writing: Writing, pool: ThreadPoolExecutor
) -> None:
    first = writing.busy(pool)
    before = signal.signal(signal.SIGUSR1, _interrupt)
    me = threading.get_ident()
    pool.submit(_when_waiting, writing, lambda: signal.pthread_kill(me, signal.SIGUSR1))
    with pytest.raises(InterruptedError):
        writing.commit.append(save(1))
    signal.signal(signal.SIGUSR1, before)
    writing.finish()
    assert first.result(20) == writing.commit.append(save(2)) == DONE
    assert [save(1)] not in writing.groups


def _interrupt(*_: object) -> None:
    raise InterruptedError


def _when_waiting(writing: Writing, act: Callable[[], None]) -> None:
    while not writing.commit.waiting:
        time.sleep(0.001)
    act()
