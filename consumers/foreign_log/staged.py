"""A staged log: every case of it in one stream, ordered by time."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from consumers.foreign_log.instants import from_micros
from consumers.foreign_log.rows import (
    Counts,
    Ending,
    Finding,
    FindingCode,
    Kind,
    Opening,
    Reason,
    SourceCase,
    SourceRow,
    StagedItem,
    Step,
    Unreadable,
)
from consumers.foreign_log.staging_tables import OPENING, STEP
from domain.case.events import Attribute
from domain.case.source_steps import SourceStep

Told = TypeVar("Told")

ITEMS = "SELECT * FROM item WHERE position > ? ORDER BY position"
CASE = "SELECT * FROM source_case WHERE case_id = ?"
ACTIVITIES = """
SELECT activity, step, count(*) AS rows FROM item WHERE what = 1
GROUP BY activity, step ORDER BY activity, step
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCount:
    """``step`` None: rows of it stay neutral source steps."""

    activity: str
    step: SourceStep | None
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """``log_digest`` is SHA-256 of the log file. Each method reads from disk anew."""

    file: Path
    log_digest: str

    def ordered(
        self, until: datetime | None = None, after: int = 0
    ) -> Iterator[StagedItem]:
        """Openings, steps and endings by (time, case, sequence), from ``after`` on.

        Nothing later than ``until`` is given away: no row, no ending, and no
        ``ended_at`` of an opening. Positions are the same whatever ``until`` is.
        """
        with self._database() as database:
            for row in database.execute(ITEMS, (after,)):
                if until is not None and from_micros(row["at"]) > until:
                    return
                yield _item(database, row, until)

    @property
    def counts(self) -> Counts:
        with self._database() as database:
            rows = database.execute("SELECT name, number FROM counted").fetchall()
        return Counts(**dict(map(tuple, rows)))

    @property
    def items(self) -> int:
        """How many openings, steps and endings there are."""
        with self._database() as database:
            row = database.execute("SELECT count(*) AS n FROM item").fetchone()
        return int(row["n"])

    @property
    def last_at(self) -> datetime | None:
        """When the last of them happened; None for an empty log."""
        with self._database() as database:
            row = database.execute("SELECT max(at) AS at FROM item").fetchone()
        return _maybe(from_micros, row["at"])

    def activities(self) -> list[ActivityCount]:
        """What the mapping makes of each activity, for the report."""
        with self._database() as database:
            return [
                ActivityCount(
                    activity=row["activity"],
                    step=_maybe(SourceStep, row["step"]),
                    rows=row["rows"],
                )
                for row in database.execute(ACTIVITIES)
            ]

    def unreadable(self) -> Iterator[Unreadable]:
        """By line; ``raw`` is source data and belongs nowhere but in rejects."""
        with self._database() as database:
            for row in database.execute("SELECT * FROM unreadable ORDER BY line"):
                yield Unreadable(
                    line=row["line"],
                    reason=Reason(row["reason"]),
                    columns=tuple(json.loads(row["columns"])),
                    raw=row["raw"],
                )

    def findings(self) -> Iterator[Finding]:
        with self._database() as database:
            for row in database.execute("SELECT * FROM finding ORDER BY rowid"):
                yield Finding(
                    code=FindingCode(row["code"]),
                    case=row["case_id"],
                    column=row["column_name"],
                    line=row["line"],
                )

    def discard(self) -> None:
        """Once everything is imported: the source data need not lie about."""
        self.file.unlink(missing_ok=True)

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        uri = f"{self.file.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            database.row_factory = sqlite3.Row
            yield database


def _item(
    database: sqlite3.Connection, row: sqlite3.Row, until: datetime | None
) -> StagedItem:
    position, at = row["position"], from_micros(row["at"])
    if row["what"] == STEP:
        before = row["previous_officer"]
        return Step(position=position, at=at, row=_row(row), previous_officer=before)
    told = database.execute(CASE, (row["case_id"],)).fetchone()
    case = _case(told, until)
    if row["what"] == OPENING:
        return Opening(position=position, at=at, case=case)
    ended_at = from_micros(told["ended_at"])
    return Ending(position=position, at=at, case=case.case, ended_at=ended_at)


def _row(row: sqlite3.Row) -> SourceRow:
    return SourceRow(
        case=row["case_id"],
        key=row["key"],
        sequence=row["sequence"],
        at=from_micros(row["at"]),
        activity=row["activity"],
        transition=row["transition"],
        officer=row["officer"],
        group=row["team"],
        step=_maybe(SourceStep, row["step"]),
        kind=_maybe(Kind, row["kind"]),
        line=row["line"],
        digest=row["digest"],
    )


def _case(row: sqlite3.Row, until: datetime | None) -> SourceCase:
    ended_at = _maybe(from_micros, row["ended_at"])
    is_to_come = until is not None and ended_at is not None and ended_at > until
    return SourceCase(
        case=row["case_id"],
        opened_at=_maybe(from_micros, row["opened_at"]),
        ended_at=None if is_to_come else ended_at,
        deadline_at=_maybe(from_micros, row["deadline_at"]),
        channel=row["channel"],
        item=row["item"],
        attributes=tuple(
            Attribute(name=name, value=value)
            for name, value in json.loads(row["attributes"])
        ),
        office_code=row["office_code"],
        office_name=row["office_name"],
        digest=row["digest"],
    )


def _maybe(read: Callable[[Any], Told], value: object) -> Told | None:
    return None if value is None else read(value)
