"""Notices at the desk: the case they are about decides, each has its own stream."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain.calendar import state as calendar_state
from domain.calendar.state import NATIONAL
from domain.case.events import CaseOpened
from domain.case.state import fold
from domain.case.tier import NO_POLICY
from domain.notice import state as notice_state
from domain.notice.commands import MarkNoticeRead, NoticeCommand, SendCommand
from domain.notice.decisions import Addressed, read, send
from domain.notice.occasions import CaseStanding, Occasion, occasion
from domain.notice.routing import recipients
from domain.supervision import state as supervision_state
from infra.case_at import deadlines_of
from infra.reader import Reader
from infra.subjects import streams
from infra.subjects.placing import Decided


def decide_notice(command: NoticeCommand, reader: Reader) -> Decided:
    if not isinstance(command, MarkNoticeRead):
        return _send(command, reader)
    notice = reader.state(command.notice_id, notice_state.fold)
    placed = tuple((command.notice_id, e) for e in read(notice, command))
    return Decided(subject=command.notice_id, placed=placed)


def _send(command: SendCommand, reader: Reader) -> Decided:
    standing = _standing(command, reader)
    found = occasion(command, standing)
    addressed = _addressed(found, command.case_id, standing, reader)
    events = send(found, standing.case, addressed)
    return Decided(
        subject=command.case_id,
        placed=tuple((event.notice_id, event) for event in events),
    )


def _standing(command: SendCommand, reader: Reader) -> CaseStanding:
    national = streams.calendar_stream(NATIONAL)
    calendar = reader.fact(national, calendar_state.fold, f"calendar:{NATIONAL}")
    policy = reader.fact(
        streams.WARNING_POLICY, supervision_state.fold, "policy:warning"
    )
    events = reader.state(command.case_id, _as_they_are)
    reader.facts[f"case:{command.case_id}"] = len(events)
    case = fold(events)
    opened_at = next(
        (event.office_code for event in events if isinstance(event, CaseOpened)),
        case.office_code,
    )
    return CaseStanding(
        case=case,
        opened_at=opened_at,
        deadlines=deadlines_of(events, calendar),
        calendar=calendar,
        policy=policy or NO_POLICY,
    )


def _as_they_are(events: Iterable[Any]) -> list[Any]:
    return list(events)


def _addressed(
    found: Occasion, case_id: UUID, standing: CaseStanding, reader: Reader
) -> dict[str, Addressed]:
    """What each recipient was sent already, read at once."""
    told = found.due_on.isoformat() if found.due_on else ""
    ids = {
        office: streams.notice_stream(case_id, found.kind, told, office)
        for office in recipients(
            found.kind, standing.case.office_code, standing.opened_at
        )
    }
    reader.load(ids.values())
    return {
        office: Addressed(
            notice_id=notice_id, notice=reader.state(notice_id, notice_state.fold)
        )
        for office, notice_id in ids.items()
    }
