"""The little of a notice that its rules need to remember."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import assert_never

from domain.notice.events import NoticeEvent, NoticeRead, NoticeSent
from domain.unknown import known


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """``recipient`` None: it was never sent. ``read_by`` None: nobody has read it."""

    recipient: str | None = None
    read_by: str | None = None

    @property
    def is_sent(self) -> bool:
        return self.recipient is not None


def evolve(notice: Notice, event: NoticeEvent) -> Notice:
    match event:
        case NoticeSent(recipient=recipient):
            return replace(notice, recipient=recipient)
        case NoticeRead(by=by):
            return replace(notice, read_by=by)
        case _:
            assert_never(event)


def fold(events: Iterable[NoticeEvent]) -> Notice:
    return reduce(evolve, known(events), Notice())
