"""One step of the views: a batch, each with its position in the same transaction."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor

import psycopg
import structlog
from eventsourcing.persistence import PersistenceError
from psycopg import Cursor
from psycopg.errors import PipelineAborted
from psycopg.rows import DictRow

from projections import standing
from projections.batch import Batch, LogReader
from projections.feeder import Feeder, feeder_of
from projections.place import Place
from projections.standing import Claim, Keeper
from projections.view import View

# Up to so many events go to all views in one transaction; more to each in its own.
FEW = 200
BATCH = 10_000
VIEWS_CHANNEL = "banjian_views"
# Classes of SQLSTATE that tell of the server, not of a statement: connection,
# rollback, resources, locks, intervention, system.
PASSING = frozenset({"08", "40", "53", "55", "57", "58"})
log = structlog.get_logger(__name__)
Reached = Mapping[str, int]


class Stepper:
    """Moves views of one place forward. Not safe for threads; several may compete."""

    def __init__(
        self,
        reader: LogReader,
        place: Place,
        views: Sequence[View],
        keeper: Keeper,
        *,
        batch: int = BATCH,
    ) -> None:
        self._reader, self._place, self._keeper = reader, place, keeper
        self._batch = batch
        self._views = {view.NAME: view for view in views}
        self._feeders: Mapping[str, Feeder] = {v.NAME: feeder_of(v) for v in views}
        self._careful: dict[str, int] = {}
        self._tried: dict[str, tuple[int, int]] = {}
        self.until: int | None = None
        # After ``together``: others have all the views; ours are at one position.
        self.is_standing_by = self.is_level = False

    def together(self) -> Reached | None:
        """A few events for the views furthest behind, in one transaction.

        None: there are too many, or one view cannot apply them; go ``apart``.
        """
        self.is_level = False
        try:
            with self._place.piped() as cursor:
                claims = standing.claim(
                    cursor, list(self._views.values()), self._keeper
                )
                self.is_standing_by = not claims
                batch = self._next(claims, FEW)
                if batch is None or not batch.events:
                    return None if batch is None else {}
                names = [n for n in claims if claims[n].position == batch.start]
                self._feed_few(cursor, {name: claims[name] for name in names}, batch)
        except Exception as error:
            if is_passing(error):
                raise
            log.warning("views_batch_failed", error=type(error).__name__)
            return None
        for name in names:
            self._feeders[name].committed()
        self.is_level = len(names) == len(claims)
        return dict.fromkeys(names, batch.last)

    def apart(self, threads: Executor) -> Reached:
        """A large batch for every view, each in a transaction of its own."""
        moved = list(threads.map(self._step, self._views.values()))
        self._reader.forget()
        pairs = zip(self._views, moved, strict=True)
        return {name: position for name, position in pairs if position}

    def _next(self, claims: Mapping[str, Claim], limit: int) -> Batch | None:
        """What comes next for those furthest behind; None if more than ``limit``."""
        if not claims:
            return Batch(0, (), frozenset())
        start = min(claim.position for claim in claims.values())
        batch = self._reader.after(start, self._limit(start, limit + 1))
        return batch if len(batch.events) <= limit else None

    def _limit(self, start: int, limit: int) -> int:
        return limit if self.until is None else max(0, min(limit, self.until - start))

    def _feed_few(
        self, cursor: Cursor[DictRow], claims: Mapping[str, Claim], batch: Batch
    ) -> None:
        for name, claim in claims.items():
            self._feeders[name].feed(cursor, batch, is_mine=claim.is_mine, piped=True)
        self._advance(cursor, [self._views[name] for name in claims], batch.last)

    def _advance(
        self, cursor: Cursor[DictRow], views: Sequence[View], position: int
    ) -> None:
        standing.advance(cursor, views, self._keeper, position)
        if self._place.is_read:
            cursor.execute("SELECT pg_notify(%s, %s)", (VIEWS_CHANNEL, str(position)))

    def _step(self, view: View) -> int | None:
        """The position reached; None if there was nothing to do or it stopped."""
        try:
            return self._apply(view)
        except Exception as error:
            if is_passing(error):
                raise
            log.warning("view_batch_failed", view=view.NAME, error=type(error).__name__)
        start, size = self._tried[view.NAME]
        if size <= FEW:
            return self._step_singly(view)
        self._careful[view.NAME] = start + size
        return self._step(view)

    def _apply(self, view: View) -> int | None:
        """One batch in one transaction, with the position it leads to.

        Where a large one has failed, small ones come nearer to the cause.
        """
        with self._place.transaction() as cursor:
            claim = self._claim(cursor, view)
            if claim is None:
                return None
            is_careful = claim.position < self._careful.get(view.NAME, 0)
            size = FEW if is_careful else self._batch
            self._tried[view.NAME] = claim.position, size
            batch = self._reader.shared(
                claim.position, self._limit(claim.position, size)
            )
            if not batch.events:
                return None
            self._feeders[view.NAME].feed(cursor, batch, is_mine=claim.is_mine)
            self._advance(cursor, [view], batch.last)
        self._feeders[view.NAME].committed()
        return batch.last

    def _claim(self, cursor: Cursor[DictRow], view: View) -> Claim | None:
        return standing.claim(cursor, [view], self._keeper).get(view.NAME)

    def _step_singly(self, view: View) -> int | None:
        """Few, event by event: one that cannot be applied stops the view there."""
        reached = None
        for _ in range(FEW):
            position = self._apply_one(view)
            if position is None:
                break
            reached = position
        return reached

    def _apply_one(self, view: View) -> int | None:
        """The position it has; None if there was nothing to do or it stopped."""
        with self._place.transaction() as cursor:
            claim = self._claim(cursor, view)
            if claim is None:
                return None
            try:
                return self._apply_next(cursor, view, claim)
            except Exception as error:
                if is_passing(error):
                    raise
                self._stop(cursor, view, claim.position + 1, error)
                return None

    def _apply_next(
        self, cursor: Cursor[DictRow], view: View, claim: Claim
    ) -> int | None:
        """Undone alone if it fails: the caller's transaction goes on."""
        with cursor.connection.transaction():
            batch = self._reader.after(claim.position, self._limit(claim.position, 1))
            if not batch.events:
                return None
            self._feeders[view.NAME].feed(cursor, batch, is_mine=False)
            self._advance(cursor, [view], batch.last)
            return batch.last

    def _stop(
        self, cursor: Cursor[DictRow], view: View, position: int, error: Exception
    ) -> None:
        """Only the kind of error: its text might quote personal data."""
        told = f"{type(error).__name__} at position {position}"
        log.error("view_stopped", view=view.NAME, position=position, error=told)
        standing.stop(cursor, view, told)


def is_passing(error: Exception) -> bool:
    """Whether the server failed, and not a view at an event: it is tried again."""
    if isinstance(error, psycopg.OperationalError):
        of_server = error.sqlstate is None or error.sqlstate[:2] in PASSING
        return of_server and not isinstance(error, PipelineAborted)
    return isinstance(error, psycopg.InterfaceError | PersistenceError)


Watcher = Callable[[Reached], None]
