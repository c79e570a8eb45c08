"""Writes facts straight into the log, where a test has no need of the door."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from domain.authority import Role
from infra.appending import Append
from infra.envelope import Meta, Recorded
from infra.services import Services

BATCH = 2000
COMMAND = UUID(int=9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An event for a stream; ``at`` None = effective when recorded."""

    stream: UUID
    event: object
    at: datetime | None = None
    flags: tuple[str, ...] = ()


@dataclass
class Scribe:
    """Knows the versions of the streams it began; nobody else may write in them."""

    services: Services
    versions: Counter[UUID] = field(default_factory=Counter)

    def write(self, facts: Iterable[Fact]) -> None:
        stored = [self._stored(fact) for fact in facts]
        for batch in _batches(stored):
            self.services.log.log_recorder.append(Append(events=batch))

    def tell(self, stream: UUID, *events: object, at: datetime | None = None) -> None:
        """One stream's events, all effective at the same instant."""
        self.write(Fact(stream=stream, event=event, at=at) for event in events)

    def _stored(self, fact: Fact) -> StoredEvent:
        self.versions[fact.stream] += 1
        meta = Meta(
            command_id=COMMAND,
            correlation_id="scribe",
            actor="scribe",
            role=Role.CLERK,
            effective_at=fact.at,
            flags=fact.flags,
        )
        version = self.versions[fact.stream]
        recorded = Recorded(fact.stream, version, fact.event, meta)
        return self.services.log.mapper.to_stored_event(recorded)


def _batches(stored: Sequence[StoredEvent]) -> Iterator[Sequence[StoredEvent]]:
    for start in range(0, len(stored), BATCH):
        yield stored[start : start + BATCH]
