"""The rows that a batch of events changes: read at once, changed here, written at once.

A view of cases touches the same few rows again and again. Its rows are therefore
kept as dictionaries while their cases are at work, and written once a batch, in the
transaction that moves the view's position.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString

from psycopg import Cursor
from psycopg.rows import DictRow

from projections.row_writing import Row, Statements

__all__ = ["Row", "RowStore", "RowTable", "earliest", "latest"]

MOST_PARTS = 8_000
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTable:
    """A table whose rows are kept. ``blank`` has every column and what it begins with.

    ``part`` is the first column of ``key``: the rows of a part are read together.
    ``json`` columns hold plain data. A ``log`` is only ever added to, never read.
    """

    name: LiteralString
    key: tuple[LiteralString, ...]
    blank: Mapping[LiteralString, Any]
    json: frozenset[str] = frozenset()
    is_log: bool = False


@dataclass(slots=True)
class _Kept:
    """Rows of one table by part and the rest of their key; which are to be written.

    New and changed ones are known by their identity: ids of cases are slow to hash.
    """

    table: RowTable
    writing: Statements
    parts: OrderedDict[Any, dict[Key, Row]] = field(default_factory=OrderedDict)
    new: dict[int, Row] = field(default_factory=dict)
    changed: dict[int, Row] = field(default_factory=dict)


class RowStore:
    """The rows of one view. Good as long as nobody else writes them.

    ``cursor`` is that of the batch, set by the feeder, and ``piped`` whether its
    connection is in pipeline mode; ``memo`` is the view's own and lives as long as
    what is kept here.
    """

    cursor: Cursor[DictRow]
    memo: dict[str, Any]

    def __init__(self, tables: Iterable[RowTable]) -> None:
        self._kept = {table.name: _Kept(table, _writing(table)) for table in tables}
        self._read = [k for k in self._kept.values() if not k.table.is_log]
        self.piped = False
        self.forget()

    def forget(self) -> None:
        """What is in the database counts, nothing else."""
        for kept in self._kept.values():
            kept.parts, kept.new, kept.changed = OrderedDict(), {}, {}
        self.memo = {}

    def load(self, parts: Iterable[Any], begun: Iterable[Any] = ()) -> None:
        """Read the rows of ``parts`` that are not here yet; let go of the oldest.

        Of those ``begun`` now there is nothing to be read.
        """
        wanted = list(dict.fromkeys(part for part in parts if part is not None))
        begun = list(begun)
        for kept in self._read:
            for part in begun:
                kept.parts.setdefault(part, {})
            self._load(kept, wanted)

    def get(self, table: RowTable, part: Any, *rest: Any) -> Row | None:  # noqa: ANN401
        """The row as it is, not to be changed."""
        rows = self._kept[table.name].parts.get(part)
        return rows.get(rest) if rows else None

    def all_of(self, table: RowTable, part: Any) -> list[Row]:  # noqa: ANN401
        return list(self._kept[table.name].parts.get(part, {}).values())

    def change(self, table: RowTable, part: Any, *rest: Any) -> Row | None:  # noqa: ANN401
        """The row, to be changed; None where there is none."""
        kept = self._kept[table.name]
        rows = kept.parts.get(part)
        row = rows.get(rest) if rows else None
        if row is not None and id(row) not in kept.new:
            kept.changed[id(row)] = row
        return row

    def begin(self, table: RowTable, **values: Any) -> Row:  # noqa: ANN401
        """A new row: ``blank`` but for ``values``."""
        row: Row = {**table.blank, **values}
        kept = self._kept[table.name]
        part, *rest = [row[column] for column in table.key]
        kept.parts.setdefault(part, {})[tuple(rest)] = row
        kept.new[id(row)] = row
        return row

    def add(self, table: RowTable, row: Row) -> None:
        """Write ``row``, which has every column, to a log."""
        self._kept[table.name].new[id(row)] = row

    def change_or_begin(self, table: RowTable, *key: Any) -> Row:  # noqa: ANN401
        found = self.change(table, *key)
        if found is not None:
            return found
        return self.begin(table, **dict(zip(table.key, key, strict=True)))

    def write(self) -> None:
        """Bring the tables up to what is here."""
        for kept in self._kept.values():
            if kept.changed:
                rows = kept.changed.values()
                kept.writing.change(self.cursor, rows, piped=self.piped)
            if kept.new:
                kept.writing.insert(self.cursor, kept.new.values(), piped=self.piped)
            kept.changed, kept.new = {}, {}

    def in_sql(self) -> Cursor[DictRow]:
        """The cursor, for a statement over rows that need not be here."""
        self.write()
        self.forget()
        return self.cursor

    def _load(self, kept: _Kept, wanted: list[Any]) -> None:
        parts = kept.parts
        missing = []
        for part in wanted:
            if part in parts:
                parts.move_to_end(part)
            else:
                missing.append(part)
                parts[part] = {}
        if missing:
            self.cursor.execute(kept.writing.select, (missing,))
            for row in self.cursor.fetchall():
                part, *rest = [row[column] for column in kept.table.key]
                parts[part][tuple(rest)] = row
        while len(parts) > max(MOST_PARTS, len(wanted)):
            parts.popitem(last=False)


def _writing(table: RowTable) -> Statements:
    return Statements(table.name, table.key, tuple(table.blank), table.json)


def earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    """As SQL's ``least``: what is not known does not count."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def latest(one: datetime | None, other: datetime | None) -> datetime | None:
    """As SQL's ``greatest``: what is not known does not count."""
    if one is None or other is None:
        return one or other
    return max(one, other)
