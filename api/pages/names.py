"""Names for the ids that stand in a case, read from the log in one go."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain.office import state as office_state
from domain.party import state as party_state
from domain.party.masking import MaskingLevel, masked_name
from domain.post import state as post_state
from domain.staff import state as staff_state
from infra.event_log import EventLog
from infra.subjects import streams

NOT_RECORDED = "未记录"


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
        self._events = {key: [r.event for r in events] for key, events in read.items()}

    def officer(self, officer: UUID | None) -> str:
        """As on the badge; public by duty."""
        name = staff_state.fold(self._of(officer)).name
        return name or NOT_RECORDED

    def post(self, post: UUID | None) -> str:
        return post_state.fold(self._of(post)).name or NOT_RECORDED

    def office(self, code: str | None) -> str:
        if not code:
            return NOT_RECORDED
        office = office_state.fold(self._of(streams.office_stream(code)))
        return office.name or code

    def applicant(self, party: UUID | None) -> str:
        """Masked as in lists (R-811)."""
        name = party_state.fold(self._of(party)).name
        if name is None:
            return NOT_RECORDED
        return masked_name(name.reveal(), MaskingLevel.STAFF_LIST)

    def _of(self, stream_id: UUID | None) -> list[Any]:
        return self._events.get(stream_id, []) if stream_id else []
