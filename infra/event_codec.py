"""Stored form of events: a stable name and version, UTF-8 JSON, never a Python path."""

from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent

from domain.personal import Personal
from domain.unknown import UnknownEvent
from infra.envelope import Meta, Recorded
from infra.sealing.sealed import Sealed
from infra.sealing.seals import Seals
from infra.stored_names import NAMES, TYPES
from infra.upcasters import STEPS, upcast


class PersonalDataIsNotSealed(TypeError):
    """Nothing personal is ever written into the log in plain (R-807)."""


def _plain(value: Any) -> Any:  # noqa: ANN401  msgspec's hook signature
    if isinstance(value, Personal):
        return {"personal": value.reveal()}
    msg = f"not a storable type: {type(value).__name__}"
    raise NotImplementedError(msg)


def _stored(value: Any) -> Any:  # noqa: ANN401  msgspec's hook signature
    if isinstance(value, Sealed):
        return {"sealed": b64encode(value.box).decode(), "key": value.key}
    if isinstance(value, Personal):
        raise PersonalDataIsNotSealed
    return _plain(value)


def _typed(hint: type, value: Any) -> Any:  # noqa: ANN401  msgspec's hook signature
    if hint is Personal:
        if "sealed" in value:
            return Sealed(UUID(value["key"]), b64decode(value["sealed"], validate=True))
        return Personal(value["personal"])
    msg = f"not a storable type: {hint.__name__}"
    raise NotImplementedError(msg)


# Of what never reaches the log: hashes of requests, comparisons.
ENCODER = msgspec.json.Encoder(enc_hook=_plain, order="deterministic")
STORED = msgspec.json.Encoder(enc_hook=_stored, order="deterministic")
RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])
META = msgspec.json.Decoder(Meta)
DATA = msgspec.json.Decoder(dict[str, Any])
DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(cls, dec_hook=_typed) for name, cls in TYPES.items()
}
READABLE = frozenset(TYPES) | frozenset(STEPS)


def encode(event: object, meta: Meta) -> tuple[str, bytes]:
    """Stored name and state; raises ``PersonalDataIsNotSealed`` for a plain field."""
    return NAMES[type(event)], STORED.encode({"data": event, "meta": meta})


def plain(event: object, meta: Meta) -> tuple[str, bytes]:
    """The same with personal fields open, for comparisons: never to be stored."""
    return NAMES[type(event)], ENCODER.encode({"data": event, "meta": meta})


def decode(name: str, state: bytes) -> tuple[Any, Meta]:
    """The event, upcast to its newest form, and its meta.

    An ``UnknownEvent`` for a name not known. Sealed fields are closed and have no
    place yet. Raises ``ValueError`` for what no version has written.
    """
    raw = RAW.decode(state)
    if not raw.keys() >= {"data", "meta"}:
        msg = f"the state of a {name} has no data and meta: nobody has written this"
        raise ValueError(msg)
    meta = META.decode(raw["meta"])
    decoder = DECODERS.get(name)
    if decoder is not None:
        return decoder.decode(raw["data"]), meta
    if name not in STEPS:
        return UnknownEvent(name=name, data=msgspec.json.decode(raw["data"])), meta
    newest, data = upcast(name, DATA.decode(raw["data"]))
    return msgspec.convert(data, TYPES[newest], dec_hook=_typed), meta


class EventMapper(Mapper[UUID]):
    """Maps ``Recorded`` to and from the library's ``StoredEvent``.

    ``seals`` is given by the log that makes it; without, nothing personal can be
    stored, and sealed fields stay closed.
    """

    seals: Seals | None = None

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        recorded: Any = domain_event
        stream_id, version = recorded.originator_id, recorded.originator_version
        event = recorded.event
        if self.seals is not None:
            event = self.seals.sealed(stream_id, version, event)
        name, state = encode(event, recorded.meta)
        return StoredEvent(
            originator_id=stream_id,
            originator_version=version,
            topic=name,
            state=state,
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:  # noqa: ANN401
        event, meta = decode(stored_event.topic, stored_event.state)
        stream_id = stored_event.originator_id
        assert isinstance(stream_id, UUID)  # noqa: S101  type only
        version = stored_event.originator_version
        if self.seals is not None:
            self.seals.placed(stream_id, version, event)
        return Recorded(
            stream_id,
            version,
            event,
            meta,
            position=getattr(stored_event, "position", 0),
            recorded_at=getattr(stored_event, "recorded_at", None),
            transaction_id=getattr(stored_event, "transaction_id", 0),
        )
