"""What the inbox page shows: notices in words, and the inboxes below."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from api.pages.board_rows import short_name
from api.pages.language import N_
from api.scope_of import covers
from domain.authority import MAY
from domain.notice.commands import MarkNoticeRead
from domain.notice.kinds import NoticeKind
from infra.accounts import Account
from projections import inbox, offices
from projections.scope import Scope
from projections.view import ReadCursor

PAGE, MOST_BELOW = 20, 60


@dataclass(frozen=True, slots=True)
class KindShown:
    """``look`` names colour and shape; ``word`` says the same; ``why`` explains."""

    look: str
    word: str
    why: str


KINDS = {
    NoticeKind.YELLOW: KindShown("yellow", N_("预警"), N_("临近承诺时限")),
    NoticeKind.RED: KindShown("red", N_("超期"), N_("已超过承诺时限")),
    NoticeKind.ILLEGAL: KindShown("red", N_("超法定时限"), N_("已超过法定时限")),
    NoticeKind.NEGATIVE_RATING: KindShown(
        "negative", N_("差评"), N_("请第一时间回访核实并整改")
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeShown:
    notice_id: UUID
    kind: KindShown
    item: str
    is_in_scope: bool
    case_id: UUID
    case_no: str
    office: str
    due_on: date | None
    is_provisional: bool
    sent_at: datetime
    read_at: datetime | None
    read_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxShown:
    """``may_read``: whether the account may mark what it sees as read.

    ``after`` leads to the next page, None on the last; ``below`` are code, name and
    unread count of the other inboxes in scope that have unread notices.
    """

    office: str
    name: str
    is_own: bool
    may_read: bool
    unread: int
    notices: list[NoticeShown]
    after: int | None
    below: list[tuple[str, str, int]]


def inbox_shown(
    cursor: ReadCursor,
    account: Account,
    office: str,
    after: int | None,
    *,
    only_unread: bool,
) -> InboxShown:
    """One page of the inbox of ``office``, newest first."""
    rows = inbox.inbox(cursor, office, after, PAGE + 1, only_unread=only_unread)
    below = inbox.unread_below(cursor, Scope.of(account.office_code), MOST_BELOW)
    codes = {office, account.office_code, *below}
    codes |= {row["handling_office"] for row in rows}
    named = offices.names(cursor, sorted(codes))
    is_own = office == account.office_code
    return InboxShown(
        office=office,
        name=named.get(office, office),
        is_own=is_own,
        may_read=is_own and MarkNoticeRead in MAY[account.role],
        unread=inbox.unread(cursor, office),
        notices=[_notice(row, named, account) for row in rows[:PAGE]],
        after=rows[PAGE - 1]["position"] if len(rows) > PAGE else None,
        below=[
            (code, named.get(code, code), count)
            for code, count in below.items()
            if code != office
        ],
    )


def _notice(
    row: dict[str, Any], named: dict[str, str], account: Account
) -> NoticeShown:
    """A village point is told of a case it took in, which another office handles."""
    handling = row["handling_office"]
    return NoticeShown(
        notice_id=row["notice_id"],
        kind=KINDS[NoticeKind(row["kind"])],
        item=row["item_name"] or row["case_no"],
        is_in_scope=covers(account, handling),
        case_id=row["case_id"],
        case_no=row["case_no"],
        office=short_name(named.get(handling, handling)),
        due_on=row["due_on"],
        is_provisional=row["is_provisional"],
        sent_at=row["sent_at"],
        read_at=row["read_at"],
        read_by=row["read_by"],
    )
