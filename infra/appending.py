"""What one append writes, what it rests on, and how it can fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.persistence import (
    IntegrityError,
    Notification,
    OperationalError,
    StoredEvent,
)


class StreamsHaveMoved(IntegrityError):
    """A stream that the decision read has grown since; decide again."""


class CommandIsRecorded(IntegrityError):
    """Another caller has recorded an outcome under the same key meanwhile."""


class LogIsBusy(OperationalError):
    """The append lock was not to be had in time. Nothing was written: try again."""


class OutcomeIsUnknown(OperationalError):
    """The connection was lost: written or not, nobody here can tell.

    The same command under the same key again is answered with what came of it.
    """


@dataclass(frozen=True)
class LoggedEvent(Notification):
    """A stored event, its position, and when and in which transaction it came in."""

    recorded_at: datetime
    transaction_id: int

    @property
    def position(self) -> int:
        return int(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRow:
    """A stored outcome. ``versions`` are filled in with positions on append."""

    actor: str
    key: str
    request_hash: bytes
    outcome: dict[str, Any]
    event_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Append:
    """What is written together or not at all, and the stream versions it rests on."""

    events: Sequence[StoredEvent] = ()
    versions: Mapping[UUID, int] = field(default_factory=dict)
    commands: Sequence[CommandRow] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """Positions of the events in order, and the last position of the log then.

    ``recorded_at`` (UTC) is the log clock's; several appends may share a
    ``transaction_id``.
    """

    positions: tuple[int, ...]
    last: int
    recorded_at: datetime
    transaction_id: int
