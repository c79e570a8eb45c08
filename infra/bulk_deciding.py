"""A batch of a bulk run decided: the save that is to be written, column by column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec

from domain.party.commands import RegisterParty
from infra.bulk_lookup import Name, hashes_of
from infra.bulk_memory import Memory
from infra.context import Request
from infra.deciding import Answer, answer, request_hash
from infra.envelope import Recorded
from infra.event_codec import encode
from infra.event_log import EventLog
from infra.keys import Keys
from infra.outcome import Status
from infra.sealing.personal_fields import PERSONAL
from infra.subjects.foreseen import foreseen

OUTCOMES = msgspec.json.Encoder()  # whatever order: they are kept as jsonb


class Step(Protocol):
    """A command and the instant (aware) at which the log is to record it."""

    @property
    def at(self) -> datetime: ...

    @property
    def request(self) -> Request: ...


Batch = Sequence[Step]


@dataclass(slots=True)
class Save:
    """What is decided but not yet in the log.

    ``read``: the streams it rests on, by ``UUID.int``. ``until``: when all of it has
    happened.

    ``answers`` come with the number of events up to and including their own,
    ``hashes`` are those of the requests by actor and key.
    """

    read: Mapping[int, object]
    until: datetime
    streams: list[UUID] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    states: list[bytes] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)
    events: list[Recorded] = field(default_factory=list)
    answers: list[tuple[Answer, int]] = field(default_factory=list)
    hashes: dict[Name, bytes] = field(default_factory=dict)
    refused: int = 0
    repeated: int = 0

    def repeat(self, *, is_same: bool) -> None:
        """The same again is answered already; another body is refused, not stored."""
        self.repeated += is_same
        self.refused += not is_same

    def add(self, new: Answer, at: datetime) -> None:
        """Keep an answer; its events are encoded when all are known."""
        self.refused += new.outcome.status is Status.REFUSED
        if not new.is_new:
            return
        self.events += new.events
        self.times += [at] * len(new.events)
        self.answers.append((new, len(self.events)))

    def encode(self, log: EventLog) -> None:
        """Seal and encode the events: those of many persons with keys made at once."""
        seals = log.seals
        seals.make_ready([(r.originator_id, r.event) for r in self.events])
        self.streams = [recorded.originator_id for recorded in self.events]
        self.versions = [recorded.originator_version for recorded in self.events]
        for recorded in self.events:
            event = recorded.event
            if type(event) in PERSONAL:
                stream_id, version = recorded.originator_id, recorded.originator_version
                event = seals.sealed(stream_id, version, event)
            topic, state = encode(event, recorded.meta)
            self.topics.append(topic)
            self.states.append(state)
        self.events.clear()

    @property
    def columns(self) -> tuple[list[Any], ...]:
        return self.streams, self.versions, self.topics, self.states, self.times

    def outcomes(self, before: int) -> Iterator[tuple[str, str, bytes, str]]:
        """Rows of ``log.commands`` as the door writes them, one command at a time."""
        for kept, upto in self.answers:
            last = before + upto
            told = kept.outcome.plain()
            told["positions"] = [*range(last - len(kept.events) + 1, last + 1)]
            told["last"], context = last, kept.request.context
            outcome = OUTCOMES.encode(told).decode()
            yield context.actor, context.key, kept.request_hash, outcome


class Deciding:
    """Decides batch after batch from ``memory``, as if each command came alone."""

    def __init__(self, log: EventLog, keys: Keys, streams: int) -> None:
        self._log, self._keys, self.memory = log, keys, Memory(log, streams)

    def decided(self, batch: Batch, flight: Save | None) -> Save:
        """``flight`` is being written: its events and keys are as good as stored."""
        names = [_name(step.request) for step in batch]
        known = hashes_of(self._log, names)
        known |= flight.hashes if flight else {}
        self.memory.begin_save()
        self._meet(batch)
        self.memory.load(
            stream_id
            for step, name in zip(batch, names, strict=True)
            if name not in known
            for stream_id in foreseen(step.request.command, self.memory)
        )
        save, seals = Save(self.memory.read, batch[-1].at), self._log.seals
        for step, name in zip(batch, names, strict=True):
            digest = request_hash(step.request, self._keys, seals)
            first = known.get(name) or save.hashes.get(name)
            if first is not None:
                save.repeat(is_same=first == digest)
                continue
            new = answer(step.request, digest, self.memory)
            if new.is_new:
                save.hashes[name] = digest
            save.add(new, step.at)
        save.encode(self._log)
        return save

    def _meet(self, batch: Batch) -> None:
        """Ask the vault once for all who are to be registered."""
        commands = [step.request.command for step in batch]
        new = [c for c in commands if isinstance(c, RegisterParty)]
        self._log.seals.make_keys(command.party_id for command in new)
        self.memory.load_identities(command.digest for command in new)


def _name(request: Request) -> Name:
    return request.context.actor, request.context.key
