"""Entries of a log into the tables it is sorted in, in batches."""

import json
import re
import sqlite3

from consumers.foreign_log.instants import to_micros
from consumers.foreign_log.meaning import Mapping
from consumers.foreign_log.rows import Entry, Reading, SourceRow, Unreadable

BATCH = 2_000
REMEMBERED_CASES = 50_000
DIGITS = re.compile("[0-9]+")
NO_ROW = (None,) * 11

INSERT_ROW = """
INSERT INTO source_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_TOLD = "INSERT OR IGNORE INTO told VALUES (?, ?, ?)"
INSERT_UNREADABLE = "INSERT INTO unreadable VALUES (?, ?, ?, ?)"

Cells = tuple[str | None, ...]


class Loading:
    """Writes what was read; holds one batch and the cases met lately, no more."""

    def __init__(self, database: sqlite3.Connection, mapping: Mapping) -> None:
        self.rows = 0
        self._skipped = 0
        self._database = database
        self._counts_ordinals = any(
            not (event.id or event.sequence) for event in mapping.events
        )
        self._source_rows: list[tuple[object, ...]] = []
        self._told: list[tuple[object, ...]] = []
        self._unreadable: list[tuple[object, ...]] = []
        self._lately: dict[str, Cells] = {}

    def add(self, entry: Entry) -> None:
        match entry:
            case Reading():
                self._add_reading(entry)
            case Unreadable():
                self._add_unreadable(entry)
        if len(self._source_rows) + len(self._told) + len(self._unreadable) > BATCH:
            self._flush()

    def finish(self) -> None:
        self._flush()
        self._database.execute(
            "INSERT INTO counted VALUES ('skipped', ?)", (self._skipped,)
        )

    def _add_reading(self, reading: Reading) -> None:
        self._skipped += reading.is_skipped
        if self._lately.get(reading.case) != reading.cells:
            self._tell(reading)
        if reading.row is not None:
            self.rows += 1
            place = (reading.line, reading.part, reading.case)
            self._source_rows.append((*place, *_columns(reading.row)))
        else:
            self._leave_place(reading.line, reading.part, reading.case)

    def _tell(self, reading: Reading) -> None:
        if len(self._lately) > REMEMBERED_CASES:
            self._lately.clear()
        self._lately[reading.case] = reading.cells
        cells = json.dumps(reading.cells, ensure_ascii=False)
        self._told.append((reading.case, cells, reading.line))

    def _add_unreadable(self, entry: Unreadable) -> None:
        columns = json.dumps(entry.columns, ensure_ascii=False)
        told = (entry.line, entry.reason, columns, entry.raw)
        self._unreadable.append(told)
        if entry.case is not None:
            self._leave_place(entry.line, entry.part, entry.case)

    def _leave_place(self, line: int, part: int, case: str) -> None:
        """So that a row mended later does not renumber those after it."""
        if self._counts_ordinals:
            self._source_rows.append((line, part, case, *NO_ROW))

    def _flush(self) -> None:
        for statement, values in (
            (INSERT_ROW, self._source_rows),
            (INSERT_TOLD, self._told),
            (INSERT_UNREADABLE, self._unreadable),
        ):
            self._database.executemany(statement, values)
            values.clear()


def _columns(row: SourceRow) -> tuple[object, ...]:
    return (
        row.key,
        row.sequence,
        _rank(row.sequence),
        to_micros(row.at),
        row.activity,
        row.transition,
        row.officer,
        row.group,
        row.step,
        row.kind,
        row.digest,
    )


def _rank(sequence: str) -> str:
    """Text that sorts as people count: 2 before 10, task-9 before task-10."""
    return DIGITS.sub(lambda digits: f"{len(digits[0]):03}{digits[0]}", sequence)
