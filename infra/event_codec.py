"""Stored form of events: a stable name and version, UTF-8 JSON, never a Python path."""

from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent

from domain.personal import Personal
from infra.envelope import Meta, Recorded
from infra.stored_names import NAMES, TYPES


class UnknownEvent(ValueError):
    """The log holds a name that this version of the program does not know."""


def _plain(value: Any) -> Any:  # noqa: ANN401  msgspec's hook signature
    if isinstance(value, Personal):
        return {"personal": value.reveal()}
    msg = f"not a storable type: {type(value).__name__}"
    raise NotImplementedError(msg)


def _typed(hint: type, value: Any) -> Any:  # noqa: ANN401  msgspec's hook signature
    if hint is Personal:
        return Personal(value["personal"])
    msg = f"not a storable type: {hint.__name__}"
    raise NotImplementedError(msg)


ENCODER = msgspec.json.Encoder(enc_hook=_plain, order="deterministic")
RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])
META = msgspec.json.Decoder(Meta)
DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(cls, dec_hook=_typed) for name, cls in TYPES.items()
}


def encode(event: object, meta: Meta) -> tuple[str, bytes]:
    """Stored name and state of ``event``."""
    return NAMES[type(event)], ENCODER.encode({"data": event, "meta": meta})


def decode(name: str, state: bytes) -> tuple[Any, Meta]:
    """The event and its meta; raises ``UnknownEvent`` for a name not known."""
    decoder = DECODERS.get(name)
    if decoder is None:
        raise UnknownEvent(name)
    raw = RAW.decode(state)
    return decoder.decode(raw["data"]), META.decode(raw["meta"])


class EventMapper(Mapper[UUID]):
    """Maps ``Recorded`` to and from the library's ``StoredEvent``."""

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        recorded: Any = domain_event
        name, state = encode(recorded.event, recorded.meta)
        return StoredEvent(
            originator_id=recorded.originator_id,
            originator_version=recorded.originator_version,
            topic=name,
            state=state,
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:  # noqa: ANN401
        event, meta = decode(stored_event.topic, stored_event.state)
        assert isinstance(stored_event.originator_id, UUID)  # noqa: S101  type only
        return Recorded(
            stored_event.originator_id,
            stored_event.originator_version,
            event,
            meta,
            position=getattr(stored_event, "position", 0),
            recorded_at=getattr(stored_event, "recorded_at", None),
        )
