"""Telling readers that the log has grown: in this process at once, in others soon."""

import threading
import time
from collections.abc import Callable

import psycopg
import structlog
from eventsourcing.persistence import PersistenceError

log = structlog.get_logger(__name__)

CHANNEL = "banjian_log"
# Between two notifications; what is appended meanwhile goes with the next one.
REST_SECONDS = 0.005
LISTEN_SECONDS = 0.5
RETRY_SECONDS = 1.0


class LogEnd:
    """The last position this process knows of; readers wait here for the next."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._position = 0

    def announce(self, position: int) -> None:
        with self._condition:
            if position > self._position:
                self._position = position
                self._condition.notify_all()

    def wait_beyond(self, position: int, seconds: float) -> bool:
        """Whether there is something after ``position``, as soon as there is."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self._position > position, timeout=seconds
            )


class Notifier:
    """Notifies other processes from a thread of its own, so that no append waits.

    Readers also look by themselves now and then: a notification may be lost.
    """

    def __init__(self, notify: Callable[[int], None]) -> None:
        self._notify = notify
        self._condition = threading.Condition()
        self._position = self._told = 0
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def tell(self, position: int) -> None:
        with self._condition:
            self._position = max(self._position, position)
            if self._thread is None and not self._is_closed:
                self._thread = threading.Thread(
                    target=self._run, name="log-notifier", daemon=True
                )
                self._thread.start()
            self._condition.notify()

    def close(self) -> None:
        """Tell what is left to tell, and end."""
        with self._condition:
            self._is_closed = True
            self._condition.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while position := self._next():
            try:
                self._notify(position)
            except PersistenceError as fault:  # what is committed stays committed
                cause = type(fault).__name__
                log.warning("readers_not_woken", position=position, cause=cause)
            if not self._is_closed:
                time.sleep(REST_SECONDS)

    def _next(self) -> int:
        """The next position to tell of; 0 at the end."""
        with self._condition:
            self._condition.wait_for(
                lambda: self._position > self._told or self._is_closed
            )
            if self._position == self._told:
                return 0
            self._told = self._position
            return self._told


class Listener:
    """Hears what other processes append, and announces it in this one.

    A lost connection is made anew; whatever notification gets lost, or is swallowed
    by a pooler, is made up for by looking every half second.
    """

    def __init__(self, connect: Callable[[], psycopg.Connection], end: LogEnd) -> None:
        self._connect, self._end = connect, end
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen, once."""
        with self._lock:
            if self._thread is None and not self._stop.is_set():
                self._thread = threading.Thread(
                    target=self._run, name="log-listener", daemon=True
                )
                self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except psycopg.Error as lost:
                log.warning("log_listener_lost_database", error=type(lost).__name__)
                self._stop.wait(RETRY_SECONDS)

    def _listen(self) -> None:
        with self._connect() as connection:
            connection.execute(f"LISTEN {CHANNEL}".encode())
            while not self._stop.is_set():
                row = connection.execute("SELECT last FROM log.counter").fetchone()
                self._end.announce(int(row[0]) if row else 0)
                self._hear(connection)

    def _hear(self, connection: psycopg.Connection) -> None:
        until = time.monotonic() + LISTEN_SECONDS
        while not self._stop.is_set() and time.monotonic() < until:
            for notice in connection.notifies(timeout=0.1, stop_after=1):
                if notice.payload.isdecimal():  # any role may notify of anything
                    self._end.announce(int(notice.payload))
