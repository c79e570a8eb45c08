"""Appends of several threads share a transaction: one leads, the others wait for it.

Nobody waits for company: whoever finds nobody writing goes at once and alone. What
comes meanwhile is the next group, and its first member leads it.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence

from infra.appending import Append, Appended, OutcomeIsUnknown

MOST_EVENTS = 2_000
# A group that had company a moment ago gives it this long to come back.
REGROUP_STEPS, REGROUP_SECONDS = 4, 0.0001


class Member:
    """One caller's append on its way into the log."""

    def __init__(self, append: Append) -> None:
        self.append, self.leads = append, False
        self.writes: set[Hashable] = {event.originator_id for event in append.events}
        self.writes.update((row.actor, row.key) for row in append.commands)
        self._appended: Appended | None = None
        self._fault: BaseException | None = None
        self._turn = threading.Lock()
        self._turn.acquire()

    @property
    def is_settled(self) -> bool:
        return self._appended is not None or self._fault is not None

    def succeed(self, appended: Appended) -> None:
        self._appended = appended

    def fail(self, fault: BaseException) -> None:
        self._fault = fault

    def rests_on(self, written: set[Hashable]) -> bool:
        """Whether it can only be judged after those who wrote ``written``."""
        return not (
            written.isdisjoint(self.writes) and written.isdisjoint(self.append.versions)
        )

    def wait(self) -> None:
        self._turn.acquire()

    def wake(self) -> None:
        self._turn.release()

    def result(self) -> Appended:
        if self._fault is not None:
            raise self._fault
        if self._appended is None:
            msg = "nobody said what came of it"
            raise OutcomeIsUnknown(msg)
        return self._appended


class GroupCommit:
    """Collects appends into groups and lets ``write`` settle each member of one."""

    def __init__(self, write: Callable[[Sequence[Member]], None]) -> None:
        self._write = write
        self._lock = threading.Lock()
        self._queue: deque[Member] = deque()
        self._is_led = False
        self._last_size = 1

    @property
    def waiting(self) -> int:
        """How many wait for the next group."""
        return len(self._queue)

    def append(self, append: Append) -> Appended:
        """Write it in a group; raises what came of this one alone."""
        member = Member(append)
        with self._lock:
            self._queue.append(member)
            member.leads = not self._is_led
            self._is_led = True
        if not member.leads:
            self._wait(member)
        if member.leads:
            self._lead(member)
        return member.result()

    def _wait(self, member: Member) -> None:
        try:
            member.wait()
        except BaseException:  # interrupted: nobody must count on this thread
            with self._lock:
                if member in self._queue:
                    self._queue.remove(member)
                if member.leads:
                    self._pass_on()
            raise

    def _lead(self, leader: Member) -> None:
        """Write the group at hand, then pass on to the first who came meanwhile."""
        group: list[Member] = []
        try:
            self._regroup()
            with self._lock:
                group.extend(self._take())
            self._write(group)
        except BaseException as fault:
            self._fail(group, fault)
            if not isinstance(fault, Exception):
                raise
        finally:
            self._last_size = len(group)
            for member in group[1:]:
                member.wake()
            with self._lock:
                if leader in self._queue:  # interrupted before it began
                    self._queue.remove(leader)
                self._pass_on()

    def _regroup(self) -> None:
        if self._last_size == 1:
            return
        for _ in range(REGROUP_STEPS):
            if len(self._queue) >= self._last_size:
                return
            time.sleep(REGROUP_SECONDS)

    def _take(self) -> list[Member]:
        """Those in the queue that do not rest on what others of the group write."""
        group, later = [self._queue.popleft()], deque[Member]()
        written, size = set(group[0].writes), len(group[0].append.events)
        while self._queue and size < MOST_EVENTS:
            member = self._queue.popleft()
            if member.rests_on(written):
                later.append(member)
                continue
            group.append(member)
            written |= member.writes
            size += len(member.append.events)
        self._queue = later + self._queue
        return group

    def _pass_on(self) -> None:
        self._is_led = bool(self._queue)
        if self._is_led:
            self._queue[0].leads = True
            self._queue[0].wake()

    @staticmethod
    def _fail(group: Sequence[Member], fault: BaseException) -> None:
        """Each gets an exception of its own: a shared one would mix up tracebacks."""
        for member in group:
            if member.is_settled:
                continue
            if isinstance(fault, Exception):
                own = type(fault)(*fault.args)
            else:
                own = OutcomeIsUnknown("the writing thread was interrupted")
            own.__cause__ = fault
            member.fail(own)
