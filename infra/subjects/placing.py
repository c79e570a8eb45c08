"""What a subject answers the desk: decided events with their streams."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """``subject`` is the stream the answer speaks of; ``placed`` may be several."""

    subject: UUID
    placed: tuple[tuple[UUID, object], ...]
