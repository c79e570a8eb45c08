"""How rows get into a table: by COPY, or a few by statements nobody waits for."""

from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter
from typing import Any, LiteralString

import msgspec
from psycopg import Cursor
from psycopg.rows import DictRow

Row = dict[str, Any]
JSON = msgspec.json.Encoder()


class Statements:
    """Reads and writes rows of the table ``views.name``."""

    def __init__(
        self,
        name: LiteralString,
        key: Sequence[LiteralString],
        columns: Sequence[LiteralString],
        json: Collection[str],
    ) -> None:
        self._name: LiteralString = "views." + name
        self._beside: LiteralString = "changed_" + name
        self._columns: LiteralString = ", ".join(columns)
        self._key = key
        self._rest = [column for column in columns if column not in key]
        self._values = itemgetter(*columns)
        self._to_update = itemgetter(*self._rest, *key)
        self._json = [n for n, column in enumerate(columns) if column in json]
        self._json_rest = [n for n, column in enumerate(self._rest) if column in json]
        self._count = len(columns)
        self.select: LiteralString = (
            f"SELECT {self._columns} FROM {self._name} WHERE {key[0]} = ANY(%s)"
        )

    def insert(
        self, cursor: Cursor[DictRow], rows: Iterable[Row], *, piped: bool
    ) -> None:
        if not piped:
            self._copy(cursor, self._name, rows)
            return
        places: LiteralString = ", ".join(["%s"] * self._count)
        query: LiteralString = (
            f"INSERT INTO {self._name} ({self._columns}) VALUES ({places})"
        )
        for row in rows:
            cursor.execute(query, _plain(self._values(row), self._json))

    def change(
        self, cursor: Cursor[DictRow], rows: Iterable[Row], *, piped: bool
    ) -> None:
        if not self._rest:
            return
        if not piped:
            self._change_many(cursor, rows)
            return
        sets: LiteralString = ", ".join([f"{column} = %s" for column in self._rest])
        where: LiteralString = " AND ".join([f"{column} = %s" for column in self._key])
        query: LiteralString = f"UPDATE {self._name} SET {sets} WHERE {where}"
        for row in rows:
            cursor.execute(query, _plain(self._to_update(row), self._json_rest))

    def _change_many(self, cursor: Cursor[DictRow], rows: Iterable[Row]) -> None:
        """By way of a table of this connection: COPY alone cannot change rows.

        It is emptied before: another batch in the same transaction may have used it.
        """
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {self._beside} (LIKE {self._name})"
            " ON COMMIT DELETE ROWS"
        )
        cursor.execute(f"DELETE FROM {self._beside}")
        self._copy(cursor, self._beside, rows)
        sets: LiteralString = ", ".join(
            [f"{column} = new.{column}" for column in self._rest]
        )
        where: LiteralString = " AND ".join(
            [f"old.{column} = new.{column}" for column in self._key]
        )
        cursor.execute(
            f"UPDATE {self._name} AS old SET {sets} FROM {self._beside} AS new"
            f" WHERE {where}"
        )

    def _copy(
        self, cursor: Cursor[DictRow], into: LiteralString, rows: Iterable[Row]
    ) -> None:
        values, json = self._values, self._json
        with cursor.copy(f"COPY {into} ({self._columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(_plain(values(row), json))


def _plain(values: tuple[Any, ...], json: Sequence[int]) -> Sequence[Any]:
    """The values with those that are to be JSON written so."""
    if not json:
        return values
    written = list(values)
    for n in json:
        if written[n] is not None:
            written[n] = JSON.encode(written[n]).decode()
    return written
