"""What the runner needs of a view: its name, tables and how an event changes them."""

from typing import Any, LiteralString, Protocol
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import DictRow

from domain.case.events import CASE_EVENTS, CaseOpened, SourceCaseRecorded
from infra.envelope import Recorded
from projections.row_store import RowStore, RowTable

CASE_BEGINS = (CaseOpened, SourceCaseRecorded)
KINDS_OF_CASES = frozenset(CASE_EVENTS)
Rows = list[dict[str, Any]]
ReadCursor = Cursor[DictRow]


class View(Protocol):
    """A module of this package. ``TABLES`` are those ``SCHEMA`` makes, unqualified.

    Beside these it has either ``project`` or, for many rows, what ``RowView`` says.
    It may have ``EVENTS``, the kinds it shows: it is given no others; and
    ``MOVED_BY_OTHERS``, columns that somebody else changes, which no replay yields.
    """

    NAME: str
    VERSION: int
    TABLES: tuple[LiteralString, ...]
    SCHEMA: LiteralString


class StatementView(View, Protocol):
    """Applies each event by statements: for views that few events change.

    It may have ``project_all``, which comes to the same for many, only quicker.
    """

    @staticmethod
    def project(cursor: ReadCursor, recorded: Recorded) -> None:
        """Apply one event; ignore what the view does not show."""


class RowView(View, Protocol):
    """Changes rows that are kept in memory: for views that most events change.

    It may have ``BEGINS``, kinds that begin a part: it has no rows before.
    """

    ROWS: tuple[RowTable, ...]

    @staticmethod
    def part(recorded: Recorded) -> UUID | None:
        """Whose rows the event changes; None if the view does not show it."""

    @staticmethod
    def apply(rows: RowStore, recorded: Recorded) -> None:
        """Apply one event, the rows of its part being there."""


def case_of(recorded: Recorded) -> UUID | None:
    """``part`` of a view of cases: all that happens in one changes its rows alone."""
    return recorded.originator_id if type(recorded.event) in KINDS_OF_CASES else None
