"""Which subject answers a command, and which stream it is about."""

from collections.abc import Callable
from typing import Any, get_args
from uuid import UUID

from domain.calendar.commands import CalendarCommand
from domain.case.commands import CaseCommand
from domain.catalogue.commands import PublishItemVersion
from domain.notice.commands import MarkNoticeRead, SendCommand
from domain.office.commands import OfficeCommand
from domain.party.commands import PartyCommand
from domain.post.commands import PostCommand
from domain.staff.commands import StaffCommand
from domain.supervision.commands import PublishWarningPolicy
from infra.reader import Reader
from infra.subjects import cases, notices, registry, streams
from infra.subjects.placing import Decided

Decide = Callable[[Any, Reader], Decided]
StreamOf = Callable[[Any], UUID]


def _all(kind: Any) -> tuple[type, ...]:  # noqa: ANN401  a union or one class
    return get_args(kind) or (kind,)


SUBJECTS: tuple[tuple[Any, Decide, StreamOf], ...] = (
    (CaseCommand, cases.decide_case, lambda c: c.case_id),
    (SendCommand, notices.decide_notice, lambda c: c.case_id),
    (MarkNoticeRead, notices.decide_notice, lambda c: c.notice_id),
    (OfficeCommand, registry.decide_office, lambda c: streams.office_stream(c.code)),
    (PartyCommand, registry.decide_party, lambda c: c.party_id),
    (
        PublishItemVersion,
        registry.decide_catalogue,
        lambda c: streams.item_stream(c.item_code),
    ),
    (StaffCommand, registry.decide_staff, lambda c: c.officer_id),
    (PostCommand, registry.decide_post, lambda c: c.post_id),
    (
        CalendarCommand,
        registry.decide_calendar,
        lambda c: streams.calendar_stream(c.layer),
    ),
    (
        PublishWarningPolicy,
        registry.decide_supervision,
        lambda _: streams.WARNING_POLICY,
    ),
)
DECIDE: dict[type, Decide] = {
    command: decide for kind, decide, _ in SUBJECTS for command in _all(kind)
}
STREAM: dict[type, StreamOf] = {
    command: stream for kind, _, stream in SUBJECTS for command in _all(kind)
}
