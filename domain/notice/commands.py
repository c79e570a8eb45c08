"""What may be asked of notices: to send what is due, and to note a reading."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDeadlineNotices:
    """Tell those concerned how near the case is to its limit. The case decides."""

    case_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRatingNotices:
    """Tell those concerned of the negative rating that the case was given."""

    case_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNoticeRead:
    """``by`` is the account that reads, ``office`` its office."""

    notice_id: UUID
    by: str
    office: str
    now: datetime


SendCommand = SendDeadlineNotices | SendRatingNotices
NoticeCommand = SendDeadlineNotices | SendRatingNotices | MarkNoticeRead
