"""The inbox of each office: notices newest first, and which of them are read."""

from typing import Any, LiteralString
from uuid import UUID

from domain.notice.events import NoticeRead, NoticeSent
from infra.envelope import Recorded
from projections.scope import Scope
from projections.view import ReadCursor, Rows

NAME, VERSION = "inbox", 1
TABLES: tuple[LiteralString, ...] = ("inbox_v1",)
SCHEMA: LiteralString = """
CREATE TABLE views.inbox_v1 (
    notice_id uuid PRIMARY KEY, recipient text NOT NULL, kind text NOT NULL,
    case_id uuid NOT NULL, case_no text NOT NULL, item_name text,
    handling_office text NOT NULL, due_on date, is_provisional boolean NOT NULL,
    rule text NOT NULL, sent_at timestamptz NOT NULL, read_at timestamptz,
    read_by text, position bigint NOT NULL
);
CREATE INDEX ON views.inbox_v1 (recipient, position DESC);
CREATE INDEX ON views.inbox_v1 (recipient, position DESC) WHERE read_at IS NULL;
"""
INSERT: LiteralString = """
INSERT INTO views.inbox_v1 (notice_id, recipient, kind, case_id, case_no, item_name,
    handling_office, due_on, is_provisional, rule, sent_at, position)
VALUES (%(notice_id)s, %(recipient)s, %(kind)s, %(case_id)s, %(case_no)s,
    %(item_name)s, %(handling_office)s, %(due_on)s, %(is_provisional)s, %(rule)s,
    %(sent_at)s, %(position)s)
"""
FIELDS: LiteralString = (
    "SELECT notice_id, recipient, kind, case_id, case_no, item_name, handling_office,"
    " due_on, is_provisional, rule, sent_at, read_at, read_by, position"
    " FROM views.inbox_v1"
)
BEFORE_ALL = 2**62
EVENTS = (NoticeSent, NoticeRead)


def project(cursor: ReadCursor, recorded: Recorded) -> None:
    match recorded.event:
        case NoticeSent() as event:
            _keep(cursor, recorded, event)
        case NoticeRead(by=by):
            cursor.execute(
                "UPDATE views.inbox_v1 SET read_at = %s, read_by = %s"
                " WHERE notice_id = %s",
                (recorded.effective_at, by, recorded.originator_id),
            )


def _keep(cursor: ReadCursor, recorded: Recorded, event: NoticeSent) -> None:
    row: dict[str, Any] = {
        "notice_id": event.notice_id,
        "recipient": event.recipient,
        "kind": event.kind,
        "case_id": event.case_id,
        "case_no": event.case_no,
        "item_name": event.item_name,
        "handling_office": event.handling_office,
        "due_on": event.due_on,
        "is_provisional": event.is_provisional,
        "rule": event.rule,
        "sent_at": recorded.effective_at,
        "position": recorded.position,
    }
    cursor.execute(INSERT, row)


def unread(cursor: ReadCursor, office: str) -> int:
    """How many notices in the inbox of ``office`` nobody has read."""
    cursor.execute(
        "SELECT count(*) AS unread FROM views.inbox_v1"
        " WHERE recipient = %s AND read_at IS NULL",
        (office,),
    )
    row = cursor.fetchone()
    return int(row["unread"]) if row else 0


def unread_in(cursor: ReadCursor, offices: list[str]) -> dict[str, int]:
    """The same for several inboxes at once; every one is named."""
    cursor.execute(
        "SELECT recipient, count(*) AS unread FROM views.inbox_v1"
        " WHERE recipient = ANY(%s) AND read_at IS NULL GROUP BY recipient",
        (offices,),
    )
    found = {row["recipient"]: int(row["unread"]) for row in cursor.fetchall()}
    return {office: found.get(office, 0) for office in offices}


def inbox(
    cursor: ReadCursor,
    office: str,
    after: int | None = None,
    limit: int = 50,
    *,
    only_unread: bool = False,
) -> Rows:
    """One page, newest first; ``after`` is the position of the last one seen."""
    narrowed: LiteralString = " AND read_at IS NULL" if only_unread else ""
    query: LiteralString = (
        FIELDS
        + " WHERE recipient = %s AND position < %s"
        + narrowed
        + " ORDER BY position DESC LIMIT %s"
    )
    cursor.execute(query, (office, BEFORE_ALL if after is None else after, limit))
    return cursor.fetchall()


def notice(cursor: ReadCursor, notice_id: UUID) -> dict[str, Any] | None:
    cursor.execute(FIELDS + " WHERE notice_id = %s", (notice_id,))
    return cursor.fetchone()


def unread_below(cursor: ReadCursor, scope: Scope, limit: int) -> dict[str, int]:
    """Unread notices by office for every inbox in scope that has some, by code."""
    cursor.execute(
        "SELECT recipient, count(*) AS unread FROM views.inbox_v1"
        " WHERE starts_with(recipient, %s) AND read_at IS NULL"
        " GROUP BY recipient ORDER BY recipient LIMIT %s",
        (scope.prefix, limit),
    )
    return {row["recipient"]: int(row["unread"]) for row in cursor.fetchall()}
