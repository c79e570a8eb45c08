"""Directory of posts with their A and B holders."""

from typing import LiteralString
from uuid import UUID

from domain.post.events import PostEstablished, PostHoldersChanged
from infra.envelope import Recorded
from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor, Rows

NAME, VERSION = "posts", 1
TABLES: tuple[LiteralString, ...] = ("posts_v1",)
SCHEMA: LiteralString = """
CREATE TABLE views.posts_v1 (
    post_id uuid PRIMARY KEY, office_code text NOT NULL, name text NOT NULL,
    primary_holder uuid NOT NULL, backup_holder uuid NOT NULL
);
"""
EVENTS = (PostEstablished, PostHoldersChanged)


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    match recorded.event:
        case PostEstablished() as event:
            cursor.execute(
                "INSERT INTO views.posts_v1 VALUES (%s, %s, %s, %s, %s)",
                (
                    event.post_id,
                    event.office_code,
                    event.name,
                    event.primary,
                    event.backup,
                ),
            )
        case PostHoldersChanged(primary=primary, backup=backup):
            cursor.execute(
                "UPDATE views.posts_v1 SET primary_holder = %s, backup_holder = %s"
                " WHERE post_id = %s",
                (primary, backup, recorded.originator_id),
            )


def page(cursor: ReadCursor, scope: Scope, after: UUID, limit: int) -> Rows:
    """Posts of the scope by id, those after the id ``after``."""
    query: LiteralString = (
        "SELECT post_id, office_code, name, primary_holder, backup_holder"
        " FROM views.posts_v1 WHERE post_id > %(after)s AND "
        + IN_SCOPE
        + " ORDER BY post_id LIMIT %(limit)s"
    )
    cursor.execute(query, {"after": after, "prefix": scope.prefix, "limit": limit})
    return cursor.fetchall()
