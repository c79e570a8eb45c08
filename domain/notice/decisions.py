"""Rules for sending notices once and for reading them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.case.state import Case
from domain.notice.commands import MarkNoticeRead
from domain.notice.events import NoticeRead, NoticeSent
from domain.notice.kinds import RULE
from domain.notice.occasions import Occasion
from domain.notice.rejections import NoticeIsForAnotherOffice, NoticeNotFound
from domain.notice.routing import ROUTING_VERSION
from domain.notice.state import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A notice that may have been sent: its id tells case, kind, date, recipient."""

    notice_id: UUID
    notice: Notice


def send(
    occasion: Occasion, case: Case, addressed: Mapping[str, Addressed]
) -> tuple[NoticeSent, ...]:
    """Send to each recipient (an office code) what he has not been sent yet."""
    return tuple(
        _sent(occasion, case, recipient, each.notice_id)
        for recipient, each in addressed.items()
        if not each.notice.is_sent
    )


def read(notice: Notice, command: MarkNoticeRead) -> tuple[NoticeRead, ...]:
    """The first reading counts, and only in the inbox where the notice lies."""
    if not notice.is_sent:
        raise NoticeNotFound
    if notice.recipient != command.office:
        raise NoticeIsForAnotherOffice(office=command.office)
    if notice.read_by is not None:
        return ()
    return (NoticeRead(by=command.by, office=command.office),)


def _sent(
    occasion: Occasion, case: Case, recipient: str, notice_id: UUID
) -> NoticeSent:
    assert case.case_id is not None  # noqa: S101  an occasion is of a case that exists
    return NoticeSent(
        notice_id=notice_id,
        case_id=case.case_id,
        case_no=case.case_no,
        item_name=case.item_name,
        kind=occasion.kind,
        recipient=recipient,
        handling_office=case.office_code,
        tier=occasion.tier,
        due_on=occasion.due_on,
        is_provisional=occasion.is_provisional,
        rule=RULE[occasion.kind],
        routing_version=ROUTING_VERSION,
    )
