"""Names for the ids that stand in a case, read from the log in one go."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from api.pages.language import N_, _
from domain.office import state as office_state
from domain.party import state as party_state
from domain.party.masking import MaskingLevel, masked_name
from domain.post import state as post_state
from domain.staff import state as staff_state
from infra.event_log import EventLog
from infra.subjects import streams

NOT_RECORDED = N_("未记录")
ERASED = N_("已删除")
RESTRICTED = N_("已限制处理")


class NamesInLog:
    """``ids`` are those of officers, posts and parties; ``offices`` are codes.

    What was not asked for, or does not exist, reads as not recorded.
    """

    def __init__(
        self, log: EventLog, ids: Iterable[UUID | None], offices: Iterable[str | None]
    ) -> None:
        wanted = {each for each in ids if each is not None}
        codes = {streams.office_stream(code) for code in offices if code}
        read = log.streams([*wanted, *codes])
        log.seals.fetch_of(recorded for stream in read.values() for recorded in stream)
        self._events = {key: [r.event for r in events] for key, events in read.items()}

    def officer(self, officer: UUID | None) -> str:
        """As on the badge; public by duty."""
        name = staff_state.fold(self._of(officer)).name
        return name or _(NOT_RECORDED)

    def post(self, post: UUID | None) -> str:
        return post_state.fold(self._of(post)).name or _(NOT_RECORDED)

    def office(self, code: str | None) -> str:
        if not code:
            return _(NOT_RECORDED)
        office = office_state.fold(self._of(streams.office_stream(code)))
        return office.name or code

    def phone(self, code: str | None) -> str:
        """Of the office's window, as it is published; empty if it is not."""
        if not code:
            return ""
        return office_state.fold(self._of(streams.office_stream(code))).phone

    def applicant(self, party: UUID | None) -> str:
        """Masked as in lists (R-811); of the erased and restricted, only that."""
        known = party_state.fold(self._of(party))
        name = known.name
        if name is None:
            return _(NOT_RECORDED)
        if name.is_erased:
            return _(ERASED)
        if known.is_restricted:
            return _(RESTRICTED)
        return masked_name(name.reveal(), MaskingLevel.STAFF_LIST)

    def _of(self, stream_id: UUID | None) -> list[Any]:
        return self._events.get(stream_id, []) if stream_id else []
