"""Makes views anew beside the running ones, from the first event, and switches them.

What is made lies in ``views_next`` with a registry of its own, so a run that was
killed goes on where it was. Views have no effects but their rows; whoever acts on
events is a consumer with a position of its own, which a rebuild does not touch.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

from infra.database import Database, Role
from infra.event_log import EventLog
from projections import standing
from projections.batch import LogReader, few_collections
from projections.place import NEXT, Place
from projections.standing import new_keeper
from projections.stepping import BATCH, Stepper
from projections.switching import switch
from projections.view import View

THREADS = 2
Watcher = Callable[[str, int], None]


class ViewIsBeingMade(RuntimeError):
    """Another process is rebuilding or verifying the view; let it finish."""


class ViewCannotBeMade(RuntimeError):
    """The new view cannot apply an event; the running one is as it was."""


class Rebuild:
    """Rebuilds ``views``. ``watcher`` is told of each view's position now and then.

    ``per_second`` is the most events a second, so that others are not hindered.
    """

    def __init__(
        self,
        event_log: EventLog,
        database: Database,
        views: Sequence[View],
        *,
        per_second: int | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        self._database, self._views = database, views
        self._reader = LogReader(event_log)
        self._place = Place(database=database, schema=NEXT)
        self._per_second, self._watcher = per_second, watcher

    def run(self, *, fresh: bool = False) -> dict[str, int]:
        """Make, index and switch; the positions reached, by name.

        ``fresh``: what a run that broke off has left does not count.
        """
        with self.alone():
            if fresh:
                self.drop()
            self.make()
            self._index()
            self.make()
            running = Place(database=self._database)
            return {v.NAME: switch(v, running, self._reader) for v in self._views}

    def make(self, until: int | None = None) -> None:
        """Bring what lies beside up to ``until``, or to the end of the log."""
        self._ensure()
        batch = min(BATCH, self._per_second or BATCH)
        stepper = Stepper(
            self._reader, self._place, self._views, new_keeper(0), batch=batch
        )
        stepper.until = until
        with few_collections(), ThreadPoolExecutor(THREADS, "rebuild") as threads:
            began = time.monotonic()
            while reached := stepper.apart(threads):
                self._require_all_running()
                for name, position in reached.items():
                    if self._watcher is not None:
                        self._watcher(name, position)
                self._rest(began, batch)
                began = time.monotonic()
        self._require_all_running()

    def drop(self) -> None:
        """Let go of what lies beside."""
        for view in self._views:
            with self._place.transaction() as cursor:
                standing.drop(cursor, view)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process a view, as long as its connection lasts."""
        with ExitStack() as stack:
            pool = self._database.pool(Role.PROJECTOR)
            connection = stack.enter_context(pool.connection())
            for view in self._views:
                about = (f"banjian rebuild {view.NAME}",)
                row = connection.execute(
                    "SELECT pg_try_advisory_lock(hashtext(%s)) AS is_ours", about
                ).fetchone()
                if row is None or not row["is_ours"]:
                    raise ViewIsBeingMade(view.NAME)
                stack.callback(
                    connection.execute,
                    "SELECT pg_advisory_unlock(hashtext(%s))",
                    about,
                )
            yield

    def _ensure(self) -> None:
        """Tables without indexes. What had stopped is begun again."""
        for view in self._views:
            with self._place.transaction() as cursor:
                if view.NAME in _stopped(standing.read_standings(cursor)):
                    standing.drop(cursor, view)
                standing.ensure(cursor, view, indexed=False)

    def _index(self) -> None:
        for view in self._views:
            with self._place.transaction() as cursor:
                standing.index(cursor, view)

    def _require_all_running(self) -> None:
        with self._place.transaction() as cursor:
            stopped = _stopped(standing.read_standings(cursor))
        for view in self._views:
            if view.NAME in stopped:
                raise ViewCannotBeMade(f"{view.NAME}: {stopped[view.NAME]}")

    def _rest(self, began: float, batch: int) -> None:
        if self._per_second is not None:
            took = time.monotonic() - began
            time.sleep(max(0.0, batch / self._per_second - took))


def _stopped(standings: Sequence[standing.Standing]) -> dict[str, str | None]:
    return {s.name: s.error for s in standings if s.status == "stopped"}
