"""Efficiency figures with numerator and denominator: by office, officer and day."""

from datetime import date, timedelta
from enum import StrEnum
from typing import LiteralString
from uuid import UUID

from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor, Rows


class By(StrEnum):
    """``OFFICER``: who held a case last answers for it. ``DAY``: local dates."""

    TOTAL = "total"
    OFFICE = "office"
    OFFICER = "officer"
    DAY = "day"


# NULL where there is no data, never 0 or 100 %.
FIGURES: LiteralString = """
    count(*) AS cases,
    count(received_on) AS received,
    count(accepted_on) AS accepted,
    count(finished_on) AS finished,
    count(*) FILTER (WHERE is_on_time) AS on_time,
    count(is_on_time) AS judged_on_time,
    count(workdays) AS averaged,
    avg(workdays)::float AS average_workdays,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY workdays)::float AS median_workdays,
    (avg(extract(epoch FROM finished_at - opened_at)) FILTER (WHERE is_imported))::float
        AS average_seconds,
    count(rating) AS rated,
    count(*) FILTER (WHERE rating IN
        ('very_satisfied', 'satisfied', 'basically_satisfied')) AS satisfied,
    coalesce(sum(handovers), 0)::int AS handovers,
    coalesce(sum(derived_handovers), 0)::int AS derived_handovers,
    count(*) FILTER (WHERE rework_steps > 0) AS rework_cases,
    coalesce(sum(rework_steps), 0)::int AS rework_steps,
    coalesce(sum(steps), 0)::int AS source_steps
"""
CASES: LiteralString = "SELECT * FROM views.efficiency_v1 WHERE " + IN_SCOPE
# A row for every day of a case on which something happened, with that day's part.
DAYS: LiteralString = (
    "WITH c AS ("
    + CASES
    + """), touched AS (
    SELECT case_id, day FROM c,
        LATERAL (VALUES (received_on), (accepted_on), (finished_on), (rated_on))
        AS known (day) WHERE day IS NOT NULL
    UNION SELECT case_id, day FROM c JOIN views.efficiency_days_v1 USING (case_id)
)
SELECT day, c.is_imported, c.opened_at, d.handovers, d.derived_handovers, d.steps,
    d.rework_steps,
    CASE WHEN received_on = day THEN day END AS received_on,
    CASE WHEN accepted_on = day THEN day END AS accepted_on,
    CASE WHEN finished_on = day THEN day END AS finished_on,
    CASE WHEN finished_on = day THEN finished_at END AS finished_at,
    CASE WHEN finished_on = day THEN is_on_time END AS is_on_time,
    CASE WHEN finished_on = day THEN workdays END AS workdays,
    CASE WHEN rated_on = day THEN rating END AS rating
FROM touched JOIN c USING (case_id)
LEFT JOIN views.efficiency_days_v1 d USING (case_id, day)
"""
)
GROUPED: LiteralString = " GROUP BY 1 ORDER BY 1 DESC LIMIT %(limit)s"
# Key, rows to count, and how they are grouped: a total is there without rows too.
GROUPS: dict[By, tuple[LiteralString, LiteralString, LiteralString]] = {
    By.TOTAL: ("NULL::text", CASES, ""),
    By.OFFICE: ("office_code", CASES, GROUPED),
    By.OFFICER: ("last_officer", CASES + " AND last_officer IS NOT NULL", GROUPED),
    By.DAY: ("day::text", DAYS, GROUPED),
}
OFFICERS: LiteralString = """
SELECT officer, sum(o.steps)::int AS steps,
    count(*) FILTER (WHERE o.steps > 0) AS cases,
    count(*) FILTER (WHERE c.last_officer = o.officer) AS last_in_cases,
    sum(o.handed_over)::int AS handed_over
FROM views.efficiency_officers_v1 o JOIN views.efficiency_v1 c USING (case_id)
WHERE starts_with(c.office_code, %(prefix)s)
GROUP BY officer ORDER BY steps DESC, officer LIMIT %(limit)s
"""

# Posts without a finished case too: that a window is idle is worth seeing.
POSTS: LiteralString = """
SELECT p.post_id, p.name, p.office_code,
    count(*) FILTER (WHERE f.finished_on = %(today)s) AS finished_today,
    count(f.finished_on) AS finished, count(f.workdays) AS averaged,
    avg(f.workdays)::float AS average_workdays,
    count(f.is_on_time) AS judged_on_time,
    count(*) FILTER (WHERE f.is_on_time) AS on_time
FROM views.posts_v1 p LEFT JOIN (
    SELECT d.post, e.finished_on, e.workdays, e.is_on_time
    FROM views.efficiency_v1 e JOIN views.deadlines_v1 d USING (case_id)
    WHERE e.finished_on BETWEEN %(since)s AND %(today)s
        AND starts_with(e.office_code, %(prefix)s)
) AS f ON f.post = p.post_id
WHERE starts_with(p.office_code, %(prefix)s)
GROUP BY p.post_id ORDER BY finished DESC, p.office_code, p.name LIMIT %(limit)s
"""
FINISHED_ON: LiteralString = """
SELECT e.case_id, d.case_no, d.item_name, e.office_code, d.post, d.responsible,
    d.stage, d.ended_at, e.is_on_time, e.workdays, e.is_imported
FROM views.efficiency_v1 e JOIN views.deadlines_v1 d USING (case_id)
WHERE e.finished_on = %(day)s AND starts_with(e.office_code, %(prefix)s)
    AND (%(post)s::uuid IS NULL OR d.post = %(post)s)
ORDER BY d.ended_at DESC, d.case_no
"""


def performance(cursor: ReadCursor, scope: Scope, by: By, limit: int = 1000) -> Rows:
    """One row a group, by key; that of the total is None, and never missing.

    A day counts what happened on it: those received that day, those finished that
    day whenever they came, and so on; of many days the latest ``limit`` are told.
    """
    key, rows, grouped = GROUPS[by]
    query: LiteralString = (
        "SELECT " + key + " AS key, " + FIGURES + " FROM (" + rows + ") AS part"
    )
    cursor.execute(query + grouped, {"prefix": scope.prefix, "limit": limit})
    return cursor.fetchall()[::-1]


def officers(cursor: ReadCursor, scope: Scope, limit: int = 1000) -> Rows:
    """Steps and cases of each officer; a case counts for everyone who worked on it.

    ``last_in_cases``: he did the last step of so many, or holds them;
    ``handed_over``: so many times a case went from him to another.
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


def by_post(
    cursor: ReadCursor, scope: Scope, today: date, days: int, limit: int = 200
) -> Rows:
    """What each post finished ``today`` and in the last ``days`` days, most first.

    A case counts for the post that holds it last; ``averaged`` is how many of those
    days' cases ``average_workdays`` is the mean of.
    """
    since = today - timedelta(days=days - 1)
    shown = {"prefix": scope.prefix, "today": today, "since": since, "limit": limit}
    cursor.execute(POSTS, shown)
    return cursor.fetchall()


def finished_cases(
    cursor: ReadCursor, scope: Scope, day: date, post: UUID | None = None
) -> Rows:
    """The cases that were finished on one local date, the latest first."""
    cursor.execute(FINISHED_ON, {"prefix": scope.prefix, "day": day, "post": post})
    return cursor.fetchall()
