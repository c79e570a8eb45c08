"""Ids a caller names: each must be of the kind its place asks for.

All streams share one space of ids, so a party's id may come where a post's is asked.
That is a thing not found, as if there were none at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args
from uuid import UUID

from domain.case.events import CaseEvent
from domain.case.refusals import CaseNotFound
from domain.notice.events import NOTICE_EVENTS
from domain.notice.rejections import NoticeNotFound
from domain.party.decisions import PartyNotFound
from domain.party.events import PartyEvent
from domain.post.decisions import PostNotFound
from domain.post.events import PostEvent
from domain.rejections import Rejection
from domain.staff.decisions import OfficerNotFound
from domain.staff.events import StaffEvent
from infra.envelope import Recorded
from infra.event_log import EventLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What streams of one kind hold, and what is said of an id that is of another."""

    events: tuple[type, ...]
    missing: type[Rejection]


CASE = Kind(events=get_args(CaseEvent), missing=CaseNotFound)
PARTY = Kind(events=get_args(PartyEvent), missing=PartyNotFound)
POST = Kind(events=get_args(PostEvent), missing=PostNotFound)
OFFICER = Kind(events=get_args(StaffEvent), missing=OfficerNotFound)
NOTICE = Kind(events=NOTICE_EVENTS, missing=NoticeNotFound)
OF_FIELD = {
    "case_id": CASE,
    "party_id": PARTY,
    "applicant": PARTY,
    "into": PARTY,
    "post_id": POST,
    "post": POST,
    "to_post": POST,
    "officer_id": OFFICER,
    "primary": OFFICER,
    "backup": OFFICER,
    "notice_id": NOTICE,
}


def require_kinds(log: EventLog, command: Any, new_id: UUID) -> None:  # noqa: ANN401
    """Raise what the kind says of an id that belongs to something else.

    ``new_id`` is not the caller's choice: under a key used before it may belong to
    what that made, and then the desk says so.
    """
    named: list[tuple[UUID, Kind]] = [
        (getattr(command, field), kind)
        for field, kind in OF_FIELD.items()
        if hasattr(command, field) and getattr(command, field) != new_id
    ]
    streams = log.streams(dict.fromkeys(stream_id for stream_id, _ in named))
    for stream_id, kind in named:
        if streams[stream_id] and not _is_of(kind, streams[stream_id]):
            raise kind.missing


def events_of(log: EventLog, stream_id: UUID, kind: Kind) -> list[Recorded]:
    """The events of something of ``kind``; its ``missing`` is raised for none."""
    recorded = log.stream(stream_id)
    if not recorded or not _is_of(kind, recorded):
        raise kind.missing
    return recorded


def _is_of(kind: Kind, recorded: Iterable[Recorded]) -> bool:
    return all(isinstance(each.event, kind.events) for each in recorded)
