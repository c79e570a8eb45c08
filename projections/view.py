"""What the runner needs of a view: its name, tables and how an event changes them."""

from typing import Any, LiteralString, Protocol

from psycopg import Cursor
from psycopg.rows import DictRow

from infra.envelope import Recorded

Rows = list[dict[str, Any]]
ReadCursor = Cursor[DictRow]


class View(Protocol):
    """A module of this package. ``TABLES`` are those ``SCHEMA`` makes, unqualified."""

    NAME: str
    VERSION: int
    TABLES: tuple[LiteralString, ...]
    SCHEMA: LiteralString

    @staticmethod
    def project(cursor: ReadCursor, recorded: Recorded) -> None:
        """Apply one event; ignore what the view does not show."""
