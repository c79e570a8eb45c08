"""Efficiency figures with numerator and denominator: by office, officer and day."""

from enum import StrEnum
from typing import LiteralString

from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor, Rows


class By(StrEnum):
    TOTAL = "total"
    OFFICE = "office"
    DAY = "day"


GROUPS: dict[By, LiteralString] = {
    By.TOTAL: "NULL::text",
    By.OFFICE: "office_code",
    By.DAY: "received_on::text",
}
# NULL where there is no data, never 0 or 100 %.
FIGURES: LiteralString = """
    count(*) AS cases,
    count(received_on) AS received,
    count(accepted_on) AS accepted,
    count(finished_on) AS finished,
    count(*) FILTER (WHERE is_on_time) AS on_time,
    count(is_on_time) AS judged_on_time,
    avg(workdays)::float AS average_workdays,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY workdays)::float AS median_workdays,
    (avg(extract(epoch FROM finished_at - opened_at)) FILTER (WHERE is_imported))::float
        AS average_seconds,
    count(rating) AS rated,
    count(*) FILTER (WHERE rating IN
        ('very_satisfied', 'satisfied', 'basically_satisfied')) AS satisfied,
    sum(handovers)::int AS handovers,
    sum(derived_handovers)::int AS derived_handovers,
    count(*) FILTER (WHERE steps > cardinality(
        ARRAY(SELECT DISTINCT unnest(activities)))) AS rework_cases,
    sum(steps - cardinality(ARRAY(SELECT DISTINCT unnest(activities))))::int
        AS rework_steps,
    sum(steps)::int AS source_steps
"""
OFFICERS: LiteralString = """
SELECT officer, sum(o.steps)::int AS steps, count(*) AS cases,
    count(*) FILTER (WHERE c.last_officer = o.officer) AS last_in_cases
FROM views.efficiency_officers_v1 o JOIN views.efficiency_v1 c USING (case_id)
WHERE starts_with(c.office_code, %(prefix)s)
GROUP BY officer ORDER BY steps DESC, officer LIMIT %(limit)s
"""


def performance(cursor: ReadCursor, scope: Scope, by: By, limit: int = 1000) -> Rows:
    """One row a group; ``key`` is None for the total. Days are Shanghai dates."""
    group = GROUPS[by]
    query: LiteralString = (
        "SELECT "
        + group
        + " AS key, "
        + FIGURES
        + " FROM views.efficiency_v1 WHERE "
        + IN_SCOPE
        + " GROUP BY 1 ORDER BY 1 LIMIT %(limit)s"
    )
    cursor.execute(query, {"prefix": scope.prefix, "limit": limit})
    return cursor.fetchall()


def officers(cursor: ReadCursor, scope: Scope, limit: int = 1000) -> Rows:
    """Steps and cases of each officer; a case counts for everyone who worked on it.

    ``last_in_cases``: he did the last step of so many imported cases.
    """
    cursor.execute(OFFICERS, {"prefix": scope.prefix, "limit": limit})
    return cursor.fetchall()


def finished_on(cursor: ReadCursor, scope: Scope, day: object) -> int:
    """How many cases were finished on one local date."""
    query: LiteralString = (
        "SELECT count(*) AS n FROM views.efficiency_v1 WHERE finished_on = %(day)s"
        " AND " + IN_SCOPE
    )
    cursor.execute(query, {"prefix": scope.prefix, "day": day})
    row = cursor.fetchone()
    return int(row["n"]) if row else 0
