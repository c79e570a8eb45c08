"""Lists of cases, newest first, page by page."""

from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor, Rows

LIST: LiteralString = (
    """
SELECT case_id, case_no, item_name, office_code, post, responsible, stage,
    is_imported, channel, opened_at, accepted_at, ended_at, deadline_at,
    promised_due_on, statutory_due_on, position
FROM views.deadlines_v1 WHERE (position, case_id) < (%(position)s, %(case_id)s)
    AND (%(stage)s::text IS NULL OR stage = %(stage)s)
    AND (%(item)s::text IS NULL OR item_code = %(item)s)
    AND (%(office)s::text IS NULL OR office_code = %(office)s)
    AND """
    + IN_SCOPE
    + " ORDER BY position DESC, case_id DESC LIMIT %(limit)s"
)


LAST_ID = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """Where the page before ended: position and id of its last case."""

    position: int = 2**62
    case_id: UUID = LAST_ID


def cases(  # noqa: PLR0913  a list has its filters
    cursor: ReadCursor,
    scope: Scope,
    *,
    limit: int,
    after: After | None = None,
    stage: str | None = None,
    item: str | None = None,
    office: str | None = None,
) -> Rows:
    """One page of the cases in scope, by their latest event, newest first."""
    start = after or After()
    params: dict[str, Any] = {
        "prefix": scope.prefix,
        "position": start.position,
        "case_id": start.case_id,
        "stage": stage,
        "item": item,
        "office": office,
        "limit": limit,
    }
    cursor.execute(LIST, params)
    return cursor.fetchall()
