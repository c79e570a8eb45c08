"""Gives a batch of events to one view, in the way that the view takes them."""

from typing import Protocol, cast

from psycopg import Cursor
from psycopg.rows import DictRow

from projections.batch import Batch
from projections.row_store import RowStore
from projections.view import RowView, StatementView, View


class Feeder(Protocol):
    """Applies events within the caller's transaction, in order."""

    def feed(
        self,
        cursor: Cursor[DictRow],
        batch: Batch,
        /,
        *,
        is_mine: bool,
        piped: bool = False,
    ) -> None:
        """``is_mine``: nobody else has written the view since this feeder did.

        ``piped``: the connection is in pipeline mode, and the batch is small.
        """

    def committed(self) -> None:
        """What was fed last is there to stay."""


def feeder_of(view: View) -> Feeder:
    if hasattr(view, "ROWS"):
        return RowFeeder(cast("RowView", view))
    return StatementFeeder(cast("StatementView", view))


def kinds_of(view: View) -> frozenset[type] | None:
    """The kinds of events the view shows; None if it is to be given all."""
    kinds: tuple[type, ...] | None = getattr(view, "EVENTS", None)
    return None if kinds is None else frozenset(kinds)


class StatementFeeder:
    """Sends statements without waiting for each answer."""

    def __init__(self, view: StatementView) -> None:
        self._view, self._kinds = view, kinds_of(view)
        self._project_all = getattr(view, "project_all", None)

    def feed(
        self,
        cursor: Cursor[DictRow],
        batch: Batch,
        /,
        *,
        is_mine: bool,  # noqa: ARG002  nothing is kept here
        piped: bool = False,  # noqa: ARG002  pipelines nest
    ) -> None:
        events = batch.of(self._kinds)
        if not events:
            return
        with cursor.connection.pipeline():
            if self._project_all is not None:
                self._project_all(cursor, events)
                return
            for recorded in events:
                self._view.project(cursor, recorded)

    def committed(self) -> None:
        pass


class RowFeeder:
    """Keeps the view's rows from batch to batch.

    They are good only if the batch begins where this feeder's last one ended and
    nobody has written the view in between: else one of the two has failed, or another
    process has been at work, and what is in the database counts.
    """

    def __init__(self, view: RowView) -> None:
        self._view, self._rows = view, RowStore(view.ROWS)
        self._kinds = kinds_of(view)
        self._begins = frozenset(getattr(view, "BEGINS", ()))
        self._fed = self._reached = -1

    def feed(
        self,
        cursor: Cursor[DictRow],
        batch: Batch,
        /,
        *,
        is_mine: bool,
        piped: bool = False,
    ) -> None:
        rows, view = self._rows, self._view
        if batch.start != self._reached or not is_mine:
            rows.forget()
        self._reached = -1
        events = batch.of(self._kinds)
        if events:
            rows.cursor, rows.piped = cursor, piped
            begins, part = self._begins, view.part
            begun = [part(e) for e in events if type(e.event) in begins]
            rows.load((part(e) for e in events), begun)
            for recorded in events:
                view.apply(rows, recorded)
            rows.write()
        self._fed = batch.last

    def committed(self) -> None:
        self._reached = self._fed
