"""Drives the views: follows the log and steps them as it grows."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
import structlog
from eventsourcing.persistence import PersistenceError

from infra.database import Database, Role
from infra.event_log import EventLog
from projections import standing
from projections.arrivals import arrivals_of
from projections.batch import LogReader, few_collections
from projections.place import Place
from projections.rebuild import Rebuild
from projections.standing import Keeper, Standing, new_keeper
from projections.stepping import VIEWS_CHANNEL, Reached, Stepper, is_passing
from projections.view import View

__all__ = ["VIEWS_CHANNEL", "Runner", "ViewIsUnknown", "is_passing", "wait_for"]

# A wake-up may be lost; another projector may have died; a stopped view be rebuilt.
POLL_SECONDS = 0.25
RETRY_SECONDS = 1.0
THREADS = 2
log = structlog.get_logger(__name__)


class ViewIsUnknown(LookupError):
    """No view of that name; ``banjian views status`` lists them."""


class Runner:
    """Keeps ``views`` up to date with the log.

    Several may run: each view is kept by one of them, and by another a few seconds
    after that one is gone.
    """

    def __init__(
        self, event_log: EventLog, database: Database, views: Sequence[View]
    ) -> None:
        self._log, self._database, self._views = event_log, database, views
        self._place = Place(database=database)
        self._reader = LogReader(event_log)
        self._stepper = self._new_stepper(new_keeper(lease=0))
        self._ready = self._is_far = False
        self._reached = 0

    def run(self, stop: threading.Event) -> None:
        """Follow the log until ``stop``; a lost database is waited for."""
        keeper = new_keeper()
        self._stepper = self._new_stepper(keeper)
        while not stop.is_set():
            try:
                self._follow(stop)
                self._release(keeper)
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
        reached = None if self._is_far else self._stepper.together()
        self._is_far = False
        if reached is None:
            with few_collections(), ThreadPoolExecutor(THREADS, "projector") as threads:
                reached = self._stepper.apart(threads)
            self._is_far = bool(reached)
        self._tell(reached)
        return bool(reached)

    def standings(self) -> list[Standing]:
        self._ensure()
        with self._database.transaction(Role.READER) as cursor:
            return standing.read_standings(cursor)

    def rebuild(self, name: str) -> int:
        """Make a view anew beside the running one and switch; the position reached."""
        chosen = [view for view in self._views if name == view.NAME]
        if not chosen:
            raise ViewIsUnknown(name)
        return Rebuild(self._log, self._database, chosen).run(fresh=True)[name]

    def _new_stepper(self, keeper: Keeper) -> Stepper:
        return Stepper(self._reader, self._place, self._views, keeper)

    def _follow(self, stop: threading.Event) -> None:
        while not stop.is_set():
            if self.step() and not self._stepper.is_level:
                continue
            if self._stepper.is_standing_by:
                stop.wait(POLL_SECONDS)
            else:
                self._log.wait_beyond(self._reached, POLL_SECONDS)

    def _tell(self, reached: Reached) -> None:
        if reached:
            self._reached = max(reached.values())
            arrivals_of(self._database).announce()

    def _release(self, keeper: Keeper) -> None:
        with self._place.transaction() as cursor:
            standing.release(cursor, keeper)

    def _ensure(self) -> None:
        if self._ready:
            return
        for view in self._views:
            with self._place.transaction() as cursor:
                standing.ensure(cursor, view)
        self._ready = True


def wait_for(
    database: Database, position: int, names: Sequence[str], seconds: float
) -> bool:
    """Whether the views ``names`` reached ``position`` within ``seconds``."""
    end = time.monotonic() + seconds
    arrivals = arrivals_of(database)
    while True:
        seen = arrivals.count
        with database.transaction(Role.READER) as cursor:
            reached = {s.name: s.position for s in standing.read_standings(cursor)}
        if all(reached.get(name, 0) >= position for name in names):
            return True
        left = end - time.monotonic()
        if left <= 0:
            return False
        arrivals.wait(seen, left)
