"""Drives the views: in batches, each with its position in the same transaction."""

import threading
import time
from collections.abc import Sequence

import psycopg
import structlog
from eventsourcing.persistence import PersistenceError
from psycopg import Cursor
from psycopg.errors import PipelineAborted
from psycopg.rows import DictRow

from infra.database import Database, Role
from infra.envelope import Recorded
from infra.event_log import EventLog
from infra.log_recorder import CHANNEL
from projections import standing
from projections.standing import Standing
from projections.view import View

BATCH = 500
POLL_SECONDS = 0.25
RETRY_SECONDS = 1.0
VIEWS_CHANNEL = "banjian_views"
# Classes of SQLSTATE that tell of the server, not of a statement: connection,
# rollback, resources, locks, intervention, system.
PASSING = frozenset({"08", "40", "53", "55", "57", "58"})
log = structlog.get_logger(__name__)


class ViewIsUnknown(LookupError):
    """No view of that name; ``banjian views status`` lists them."""


class Runner:
    """Keeps ``views`` up to date with the log. Several may run: rows are locked."""

    def __init__(
        self, event_log: EventLog, database: Database, views: Sequence[View]
    ) -> None:
        self._log, self._database, self._views = event_log, database, views
        self._ready = False
        self._read: tuple[int, list[Recorded]] = (-1, [])

    def run(self, stop: threading.Event) -> None:
        """Follow the log until ``stop``; a lost database is waited for."""
        while not stop.is_set():
            try:
                self._follow(stop)
            except (psycopg.Error, PersistenceError) as lost:
                if not is_passing(lost):
                    raise
                log.warning("projector_lost_database", error=type(lost).__name__)
                self._ready = False
                stop.wait(RETRY_SECONDS)

    def catch_up(self) -> None:
        """Apply all that is in the log now."""
        while self.step():
            pass

    def step(self) -> bool:
        """One batch for every view; whether any of them moved."""
        self._ensure()
        moved = [self._step(view) for view in self._views]
        reached = [position for position in moved if position]
        if reached:
            with self._database.transaction(Role.PROJECTOR) as cursor:
                cursor.execute(
                    "SELECT pg_notify(%s, %s)", (VIEWS_CHANNEL, str(min(reached)))
                )
        return bool(reached)

    def standings(self) -> list[Standing]:
        self._ensure()
        with self._database.transaction(Role.READER) as cursor:
            return standing.read_standings(cursor)

    def rebuild(self, name: str) -> int:
        """Drop a view and replay the log into it; the position it reached."""
        view = next((v for v in self._views if name == v.NAME), None)
        if view is None:
            raise ViewIsUnknown(name)
        with self._database.transaction(Role.PROJECTOR) as cursor:
            standing.drop(cursor, view)
            standing.ensure(cursor, view)
        reached = 0
        while position := self._step(view):
            reached = position
        return reached

    def _follow(self, stop: threading.Event) -> None:
        with psycopg.connect(self._database.conninfo, autocommit=True) as listener:
            listener.execute(f"LISTEN {CHANNEL}")
            while not stop.is_set():
                if not self.step():
                    for _ in listener.notifies(timeout=POLL_SECONDS, stop_after=1):
                        pass

    def _ensure(self) -> None:
        if self._ready:
            return
        for view in self._views:
            with self._database.transaction(Role.PROJECTOR) as cursor:
                standing.ensure(cursor, view)
        self._ready = True

    def _step(self, view: View) -> int | None:
        """The position reached; None if there was nothing to do or it stopped."""
        try:
            return self._apply(view)
        except Exception as error:
            if is_passing(error):
                raise
            log.warning("view_batch_failed", view=view.NAME, error=type(error).__name__)
        return self._step_singly(view)

    def _apply(self, view: View) -> int | None:
        """One batch in one transaction, not waiting for each answer."""
        with self._database.transaction(Role.PROJECTOR) as cursor:
            start = standing.claim(cursor, view)
            events = [] if start is None else self._after(start)
            if not events:
                return None
            with cursor.connection.pipeline():
                for recorded in events:
                    view.project(cursor, recorded)
                standing.advance(cursor, view, events[-1].position)
        return events[-1].position

    def _step_singly(self, view: View) -> int | None:
        """A batch event by event: one that cannot be applied stops the view there."""
        reached = None
        for _ in range(BATCH):
            position = self._apply_one(view)
            if position is None:
                break
            reached = position
        return reached

    def _apply_one(self, view: View) -> int | None:
        """The position it has; None if there was nothing to do or it stopped."""
        with self._database.transaction(Role.PROJECTOR) as cursor:
            start = standing.claim(cursor, view)
            if start is None:
                return None
            try:
                return self._apply_next(cursor, view, start)
            except Exception as error:
                if is_passing(error):
                    raise
                self._stop(cursor, view, start + 1, error)
                return None

    def _apply_next(
        self, cursor: Cursor[DictRow], view: View, start: int
    ) -> int | None:
        """Undone alone if it fails: the caller's transaction goes on."""
        with cursor.connection.transaction():
            for recorded in self._log.after(start, 1):
                view.project(cursor, recorded)
                standing.advance(cursor, view, recorded.position)
                return recorded.position
        return None

    def _stop(
        self, cursor: Cursor[DictRow], view: View, position: int, error: Exception
    ) -> None:
        """Only the kind of error: its text might quote personal data."""
        told = f"{type(error).__name__} at position {position}"
        log.error("view_stopped", view=view.NAME, position=position, error=told)
        standing.stop(cursor, view, told)

    def _after(self, position: int) -> list[Recorded]:
        """Views mostly stand at the same place: read and decode once for all."""
        known, events = self._read
        if known != position or not events:
            events = self._log.after(position, BATCH)
            self._read = position, events
        return events


def is_passing(error: Exception) -> bool:
    """Whether the server failed, and not a view at an event: it is tried again."""
    if isinstance(error, psycopg.OperationalError):
        of_server = error.sqlstate is None or error.sqlstate[:2] in PASSING
        return of_server and not isinstance(error, PipelineAborted)
    return isinstance(error, psycopg.InterfaceError | PersistenceError)


def wait_for(
    database: Database, position: int, names: Sequence[str], seconds: float
) -> bool:
    """Whether the views ``names`` reached ``position`` within ``seconds``."""
    end = time.monotonic() + seconds
    while True:
        with database.transaction(Role.READER) as cursor:
            reached = {s.name: s.position for s in standing.read_standings(cursor)}
        if all(reached.get(name, 0) >= position for name in names):
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
