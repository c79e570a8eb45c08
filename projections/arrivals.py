"""Waking whoever waits for a view: in the projector's process at once, else by NOTIFY.

A pooler may swallow notifications and a connection may be lost: whoever waits looks
by himself four times a second too.
"""

import threading
import time
from collections.abc import Callable
from weakref import WeakKeyDictionary

import psycopg
import structlog

from infra.database import Database
from projections.stepping import VIEWS_CHANNEL

LOOK_SECONDS = 0.25
# Nobody has waited for so long: the connection is given up.
IDLE_LOOKS = 8
log = structlog.get_logger(__name__)
Call = Callable[[], None]


class Arrivals:
    """Counts the news of views. Safe for threads; listens while somebody waits."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._condition = threading.Condition()
        self._count, self._waiting, self._idle = 0, 0, 0
        self._calls: list[Call] = []
        self._thread: threading.Thread | None = None

    @property
    def count(self) -> int:
        with self._condition:
            return self._count

    def announce(self) -> None:
        """A view has moved, or may have."""
        with self._condition:
            self._count += 1
            calls, self._calls = self._calls, []
            self._condition.notify_all()
        for call in calls:
            call()

    def wait(self, seen: int, seconds: float) -> None:
        """Until there is news since ``seen``; ``seconds`` at most."""
        with self._condition:
            self._listen_on()
            self._waiting += 1
            try:
                self._condition.wait_for(lambda: self._count != seen, timeout=seconds)
            finally:
                self._waiting -= 1

    def call(self, seen: int, call: Call) -> None:
        """Call once there is news since ``seen``, from whatever thread brings it."""
        with self._condition:
            self._listen_on()
            if self._count == seen:
                self._calls.append(call)
                return
        call()

    def _listen_on(self) -> None:
        self._idle = 0
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, name="views-listener", daemon=True
            )
            self._thread.start()

    def _run(self) -> None:
        while self._is_wanted():
            try:
                self._listen()
            except psycopg.Error as lost:
                if self._waiting:
                    cause = type(lost).__name__
                    log.warning("views_listener_lost_database", error=cause)
                time.sleep(LOOK_SECONDS)
                self.announce()

    def _listen(self) -> None:
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            connection.execute(f"LISTEN {VIEWS_CHANNEL}".encode())
            while self._is_wanted():
                for _ in connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
                    pass
                self.announce()

    def _is_wanted(self) -> bool:
        with self._condition:
            busy = self._waiting or self._calls
            self._idle = 0 if busy else self._idle + 1
            if self._idle > IDLE_LOOKS:
                self._thread = None
                return False
            return True


_KNOWN: WeakKeyDictionary[Database, Arrivals] = WeakKeyDictionary()
_LOCK = threading.Lock()


def arrivals_of(database: Database) -> Arrivals:
    """The one of this database in this process."""
    with _LOCK:
        if database not in _KNOWN:
            _KNOWN[database] = Arrivals(database.conninfo)
        return _KNOWN[database]
