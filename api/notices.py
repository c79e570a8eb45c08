"""Notices over HTTP: the inbox of an office, and that one of them was read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from api.contract import CHANGES
from api.cursors import next_cursor, place_of
from api.dependencies import ServicesOf, SignedIn
from api.fields import OFFICE, Body
from api.listing import VIEWS, Cursor, Page, PageLimit
from api.references import NOTICE, events_of
from api.scope_of import covers, require_office
from api.waiting import reached
from api.writing import Write, WriteOf, Written
from domain.notice.commands import MarkNoticeRead
from domain.notice.events import NoticeSent
from domain.notice.kinds import NoticeKind
from domain.notice.rejections import NoticeNotFound
from infra.accounts import Account
from infra.database import Role
from infra.services import Services
from projections import inbox

router = APIRouter(prefix="/notices", tags=["notices"])


class Place(NamedTuple):
    position: Annotated[int, msgspec.Meta(ge=0, le=2**62)]


class NoticeListed(BaseModel):
    notice_id: UUID
    recipient: str = Field(description="Code of the office it was sent to.")
    kind: NoticeKind
    case_id: UUID
    case_no: str
    item_name: str | None
    handling_office: str = Field(description="As of the sending.")
    due_on: date | None = Field(description="The date it rests on; none of a rating.")
    is_provisional: bool
    rule: str
    sent_at: datetime
    read_at: datetime | None
    read_by: str | None = Field(description="The account that read it first.")


class Notices(Page):
    """``unread`` counts the whole inbox, not only this page."""

    office: str
    unread: int
    notices: list[NoticeListed]


class ReadingBody(Body):
    """Nothing is told: who reads is who has signed in."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


def inbox_office(
    account: SignedIn,
    office: Annotated[
        str | None,
        Query(pattern=OFFICE, description="Whose inbox; the caller's own by default."),
    ] = None,
) -> str:
    """An office of the account's scope (R-904)."""
    code = office or account.office_code
    require_office(account, code)
    return code


InboxOffice = Annotated[str, Depends(inbox_office)]


@router.get("", **VIEWS)
def list_notices(  # noqa: PLR0913, PLR0917  a list has its filters
    services: ServicesOf,
    office: InboxOffice,
    position: Annotated[int, Depends(reached(inbox.NAME))],
    unread: Annotated[  # noqa: FBT002  a query parameter
        bool, Query(description="Only what nobody has read.")
    ] = False,
    limit: PageLimit = 100,
    cursor: Cursor = None,
) -> Notices:
    """Notices in the inbox of an office, newest first."""
    after = place_of(cursor, Place).position if cursor else None
    with services.database.transaction(Role.READER) as reader:
        rows = inbox.inbox(reader, office, after, limit + 1, only_unread=unread)
        count = inbox.unread(reader, office)
    return Notices(
        position=position,
        office=office,
        unread=count,
        notices=[_listed(row) for row in rows[:limit]],
        next=next_cursor(rows, limit, Place, "position"),
    )


@router.post("/{notice_id}/reading", **CHANGES)
def read_notice(notice_id: UUID, _: ReadingBody, write: WriteOf) -> Written:
    """已读: once; by an account of the office whose inbox it lies in."""
    seen_notice(write.services, write.account, notice_id)
    return write.do(reading(notice_id, write))


def reading(notice_id: UUID, write: Write) -> MarkNoticeRead:
    account = write.account
    return MarkNoticeRead(
        notice_id=notice_id, by=account.name, office=account.office_code, now=write.now
    )


def seen_notice(services: Services, account: Account, notice_id: UUID) -> NoticeSent:
    """What was sent. Raises ``NoticeNotFound``, out of the scope as for none at all."""
    sent = events_of(services.log, notice_id, NOTICE)[0].event
    if not isinstance(sent, NoticeSent) or not covers(account, sent.recipient):
        raise NoticeNotFound
    return sent


def _listed(row: Mapping[str, Any]) -> NoticeListed:
    return NoticeListed.model_validate(row)
