"""The ways cases went: their activities in order, and how long first to last took."""

from typing import LiteralString

from domain.case import events as e
from infra.envelope import Recorded
from infra.stored_names import NAMES
from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor, Rows

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
BOUNDS = (e.SourceCaseRecorded, e.SourceCaseEnded, e.SourceHandoverDerived)


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    event, case_id = recorded.event, recorded.originator_id
    if not isinstance(event, e.CASE_EVENTS):
        return
    if isinstance(event, (e.CaseOpened, e.SourceCaseRecorded)):
        cursor.execute(
            "INSERT INTO views.paths_v1 (case_id, office_code) VALUES (%s, %s)",
            (event.case_id, event.office_code),
        )
    if isinstance(event, e.CaseTransferred):
        cursor.execute(
            "UPDATE views.paths_v1 SET office_code = %s WHERE case_id = %s",
            (event.to_office, case_id),
        )
    if isinstance(event, BOUNDS):
        return
    activity = NAMES[type(event)]
    if isinstance(event, e.SourceStepRecorded):
        activity = event.activity
    at = recorded.effective_at
    cursor.execute(
        "UPDATE views.paths_v1 SET activities = activities || %s::text,"
        " first_at = least(first_at, %s), last_at = greatest(last_at, %s)"
        " WHERE case_id = %s",
        (activity, at, at, case_id),
    )


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
