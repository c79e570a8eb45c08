"""The ways cases went: their activities in order, and how long first to last took."""

from typing import LiteralString

from domain.case import events as e
from infra.envelope import Recorded
from infra.stored_names import NAMES
from projections.row_store import RowStore, RowTable, earliest, latest
from projections.scope import IN_SCOPE, Scope
from projections.view import CASE_BEGINS, ReadCursor, Rows, case_of

NAME, VERSION = "paths", 1
TABLES: tuple[LiteralString, ...] = ("paths_v1",)
SCHEMA: LiteralString = """
CREATE TABLE views.paths_v1 (
    case_id uuid PRIMARY KEY, office_code text NOT NULL,
    activities text[] NOT NULL DEFAULT '{}',
    first_at timestamptz, last_at timestamptz
);
CREATE INDEX ON views.paths_v1 (office_code);
"""
WAYS = RowTable(
    name="paths_v1",
    key=("case_id",),
    blank={
        "case_id": None,
        "office_code": None,
        "activities": (),
        "first_at": None,
        "last_at": None,
    },
)
ROWS = (WAYS,)
EVENTS, BEGINS = e.CASE_EVENTS, CASE_BEGINS
part = case_of
BOUNDS = (e.SourceCaseRecorded, e.SourceCaseEnded, e.SourceHandoverDerived)


def apply(rows: RowStore, recorded: Recorded) -> None:
    event, case_id = recorded.event, recorded.originator_id
    if isinstance(event, (e.CaseOpened, e.SourceCaseRecorded)):
        rows.begin(WAYS, case_id=case_id, office_code=event.office_code, activities=[])
    row = rows.change(WAYS, case_id)
    if row is None:
        return
    if isinstance(event, e.CaseTransferred):
        row["office_code"] = event.to_office
    if isinstance(event, BOUNDS):
        return
    activity = NAMES[type(event)]
    if isinstance(event, e.SourceStepRecorded):
        activity = event.activity
    at = recorded.effective_at
    row["activities"].append(activity)
    row["first_at"] = earliest(row["first_at"], at)
    row["last_at"] = latest(row["last_at"], at)


def variants(cursor: ReadCursor, scope: Scope, limit: int) -> Rows:
    """The distinct ways, most frequent first, each with its number of cases."""
    query: LiteralString = (
        "SELECT activities, count(*) AS cases FROM views.paths_v1 WHERE"
        " cardinality(activities) > 0 AND "
        + IN_SCOPE
        + " GROUP BY activities ORDER BY cases DESC, activities LIMIT %(limit)s"
    )
    cursor.execute(query, {"prefix": scope.prefix, "limit": limit})
    return cursor.fetchall()


def activities(cursor: ReadCursor, scope: Scope, limit: int) -> Rows:
    """How often each activity occurs."""
    query: LiteralString = (
        "SELECT activity, count(*) AS events FROM views.paths_v1,"
        " unnest(activities) AS activity WHERE "
        + IN_SCOPE
        + " GROUP BY activity ORDER BY events DESC, activity LIMIT %(limit)s"
    )
    cursor.execute(query, {"prefix": scope.prefix, "limit": limit})
    return cursor.fetchall()


def summary(cursor: ReadCursor, scope: Scope) -> dict[str, object]:
    """Counts of cases, ways, activities, directly-follows pairs; milliseconds taken.

    Percentiles interpolate linearly. All None where no case has a step.
    """
    query: LiteralString = (
        """
WITH p AS (SELECT *, round(extract(epoch FROM last_at - first_at) * 1000) AS ms
    FROM views.paths_v1 WHERE cardinality(activities) > 0 AND """
        + IN_SCOPE
        + """)
SELECT count(*) AS cases, count(DISTINCT activities) AS variants,
    (SELECT count(DISTINCT a) FROM p, unnest(activities) AS a) AS activities,
    (SELECT count(DISTINCT (activities[i], activities[i + 1])) FROM p,
        generate_series(1, cardinality(activities) - 1) AS i) AS edges,
    avg(ms)::float AS mean_ms, min(ms)::float AS min_ms, max(ms)::float AS max_ms,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)::float AS median_ms,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY ms)::float AS p90_ms,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY ms)::float AS p95_ms
FROM p
"""
    )
    cursor.execute(query, {"prefix": scope.prefix})
    return cursor.fetchone() or {}
