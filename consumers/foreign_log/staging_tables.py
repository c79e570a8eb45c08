"""The SQLite file a log is sorted in: its tables, and how rows become a stream.

SQLite sorts on disk in bounded memory, so the length of a log does not matter.
"""

import json
import sqlite3
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from consumers.foreign_log.cases import CaseReader
from consumers.foreign_log.instants import to_micros
from consumers.foreign_log.meaning import Mapping
from consumers.foreign_log.rows import Reason, SourceCase

OPENING, STEP, ENDING = range(3)

# Half-written files are thrown away, never repaired: no journal is needed.
SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -16384;
CREATE TABLE source_row (
    line INTEGER, part INTEGER, case_id TEXT, key TEXT, sequence TEXT, rank TEXT,
    at INTEGER, activity TEXT, transition TEXT, officer TEXT, team TEXT,
    step TEXT, kind TEXT, digest TEXT
);
CREATE TABLE told (
    case_id TEXT, cells TEXT, line INTEGER, PRIMARY KEY (case_id, cells)
) WITHOUT ROWID;
CREATE TABLE source_case (
    case_id TEXT PRIMARY KEY, begins_at INTEGER,
    opened_at INTEGER, ended_at INTEGER, deadline_at INTEGER,
    channel TEXT, item TEXT, attributes TEXT,
    office_code TEXT, office_name TEXT, digest TEXT
) WITHOUT ROWID;
CREATE TABLE unreadable (line INTEGER, reason TEXT, columns TEXT, raw TEXT);
CREATE TABLE finding (code TEXT, case_id TEXT, column_name TEXT, line INTEGER);
CREATE TABLE counted (name TEXT PRIMARY KEY, number INTEGER);
CREATE TABLE item (
    position INTEGER PRIMARY KEY, what INTEGER, at INTEGER, case_id TEXT,
    line INTEGER, key TEXT, sequence TEXT, activity TEXT, transition TEXT,
    officer TEXT, team TEXT, step TEXT, kind TEXT, digest TEXT,
    previous_officer TEXT
);
"""

REPEATED = """
CREATE TEMP TABLE repeated AS
SELECT id, line, digest = first_digest AS is_same FROM (
    SELECT rowid AS id, line, digest,
        first_value(digest) OVER known AS first_digest,
        row_number() OVER known AS nth
    FROM source_row WHERE key <> ''
    WINDOW known AS (PARTITION BY case_id, key ORDER BY line, part)
) WHERE nth > 1
"""

FIRST_ROWS = """
CREATE TEMP TABLE first_row AS
SELECT case_id, min(at) AS at FROM source_row WHERE at IS NOT NULL GROUP BY case_id
"""

TOLD = """
SELECT case_id, at, line, cells FROM told LEFT JOIN first_row USING (case_id)
ORDER BY case_id, line
"""

# Rows left out (no ``at``) keep their ordinal: mended later, they renumber nothing.
ITEMS = """
WITH numbered AS (
    SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY line, part) AS nth
    FROM source_row
), followed AS (
    SELECT *, lag(officer) OVER (
        PARTITION BY case_id ORDER BY at, rank, line, part
    ) AS officer_before
    FROM numbered WHERE at IS NOT NULL
)
INSERT INTO item (
    what, at, case_id, line, key, sequence, activity, transition,
    officer, team, step, kind, digest, previous_officer
)
SELECT what, at, case_id, line, key, sequence, activity, transition,
    officer, team, step, kind, digest, previous_officer
FROM (
    SELECT 1 AS what, at, case_id, rank, line, part,
        CASE key WHEN '' THEN CAST(nth AS TEXT) ELSE key END AS key,
        CASE sequence WHEN '' THEN CAST(nth AS TEXT) ELSE sequence END AS sequence,
        activity, transition, officer, team, step, kind, digest,
        CASE WHEN officer <> officer_before THEN officer_before END
            AS previous_officer
    FROM followed
    UNION ALL
    SELECT 0, begins_at, case_id, '', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL
    FROM source_case
    UNION ALL
    SELECT 2, max(ended_at, begins_at), case_id, '', 0, 0, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL
    FROM source_case WHERE ended_at IS NOT NULL
)
ORDER BY at, case_id, what, rank, line, part
"""


COUNTS = {
    "cases": "SELECT count(*) FROM source_case",
    "rows": "SELECT count(*) FROM item WHERE what = 1",
    "neutral": "SELECT count(*) FROM item WHERE what = 1 AND step IS NULL",
    "duplicates": "SELECT count(*) FROM repeated WHERE is_same",
    "unreadable": "SELECT count(*) FROM unreadable",
    "findings": "SELECT count(*) FROM finding",
}


INSERT_CASE = """
INSERT INTO source_case VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def put_in_order(database: sqlite3.Connection, mapping: Mapping) -> None:
    """From rows as they were read to the one stream; the read rows are dropped."""
    _set_repeated_aside(database, mapping)
    database.execute(FIRST_ROWS)
    database.execute("CREATE UNIQUE INDEX temp.first_row_of ON first_row (case_id)")
    _put_cases_together(database, CaseReader(mapping))
    database.execute(ITEMS)
    for name, query in COUNTS.items():
        database.execute(f"INSERT INTO counted VALUES (?, ({query}))", (name,))  # noqa: S608
    database.execute("DROP TABLE source_row")
    database.execute("DROP TABLE told")


def _set_repeated_aside(database: sqlite3.Connection, mapping: Mapping) -> None:
    database.execute(REPEATED)
    keys = sorted({event.id or event.sequence or "" for event in mapping.events})
    database.execute(
        "INSERT INTO unreadable SELECT line, ?, ?, '' FROM repeated WHERE NOT is_same",
        (Reason.ROW_CHANGED, json.dumps(keys, ensure_ascii=False)),
    )
    database.execute("DELETE FROM source_row WHERE rowid IN (SELECT id FROM repeated)")


def _put_cases_together(database: sqlite3.Connection, reader: CaseReader) -> None:
    told = database.execute(TOLD)
    for (case, first_at), lines in groupby(told, itemgetter(0, 1)):
        cells = ((line, tuple(json.loads(cells))) for *_, line, cells in lines)
        source, findings = reader.case(case, cells, has_rows=first_at is not None)
        if source.opened_at is not None or first_at is not None:
            database.execute(INSERT_CASE, _stored(source, first_at))
        database.executemany(
            "INSERT INTO finding VALUES (?, ?, ?, ?)",
            [(found.code, case, found.column, found.line) for found in findings],
        )


def _stored(source: SourceCase, first_at: int | None) -> tuple[object, ...]:
    opened_at = _micros(source.opened_at)
    begins_at = min(at for at in (opened_at, first_at) if at is not None)
    return (
        source.case,
        begins_at,
        opened_at,
        _micros(source.ended_at),
        _micros(source.deadline_at),
        source.channel,
        source.item,
        json.dumps([(kept.name, kept.value) for kept in source.attributes]),
        source.office_code,
        source.office_name,
        source.digest,
    )


def _micros(at: datetime | None) -> int | None:
    return None if at is None else to_micros(at)
