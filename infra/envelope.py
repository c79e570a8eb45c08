"""An event as it lies in the log: the fact, its place, and who, when and where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an imported fact comes from: log, row and version of the mapping.

    ``digest`` is over all that the source's row said, mapped or not.
    """

    log: str
    row: str
    mapping: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """Who, when and where. ``effective_at`` None = when it was recorded.

    ``facts`` names the versions of the streams the decision rested on;
    ``flags`` holds ``imported`` and ``derived``.
    """

    command_id: UUID
    correlation_id: str
    actor: str
    role: str
    office: str | None = None
    post: UUID | None = None
    acting_for: UUID | None = None
    channel: str | None = None
    terminal: str | None = None
    effective_at: datetime | None = None
    facts: dict[str, int] | None = None
    flags: tuple[str, ...] = ()
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its stream, version and envelope.

    ``position``, ``recorded_at`` (UTC) and ``transaction_id`` are given by the
    database; they are 0, None and 0 before the event is appended.
    """

    originator_id: UUID
    originator_version: int
    event: Any
    meta: Meta
    position: int = 0
    recorded_at: datetime | None = None
    transaction_id: int = 0

    @property
    def effective_at(self) -> datetime:
        """When it happened: the claimed instant, else the recorded one."""
        instant = self.meta.effective_at or self.recorded_at
        if instant is None:
            msg = "the event has not been recorded yet"
            raise ValueError(msg)
        return instant
