"""Facts about notices. Names and fields are a storage format: add, never rename."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSent:
    """Into the inbox of ``recipient``, an office code. Nothing personal is told.

    ``due_on`` is the date it rests on, as of then (None: a rating has none);
    ``is_provisional`` says that a calendar still to come may move it (R-612).
    """

    notice_id: UUID
    case_id: UUID
    case_no: str
    item_name: str | None
    kind: str
    recipient: str
    handling_office: str
    tier: str | None
    due_on: date | None
    is_provisional: bool
    rule: str
    routing_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead:
    """``by`` is the account that read it first, ``office`` whose inbox it was."""

    by: str
    office: str


NoticeEvent = NoticeSent | NoticeRead
NOTICE_EVENTS: tuple[type, ...] = (NoticeSent, NoticeRead)
