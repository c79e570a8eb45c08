"""Which fields of which events are personal, and whose: read off the event classes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any, get_args, get_type_hints
from uuid import UUID

from domain.party.events import PartyCorrected, PartyMerged, PartyRegistered
from domain.personal import Personal
from infra.stored_names import NAMES

Whose = Callable[[UUID, Any], UUID]


def _of_the_stream(stream_id: UUID, _: object) -> UUID:
    return stream_id


# An event about an applicant's person would say: lambda _, event: event.applicant.
WHOSE: dict[type, Whose] = {
    PartyRegistered: _of_the_stream,
    PartyCorrected: _of_the_stream,
    PartyMerged: _of_the_stream,
}


def personal_fields(kind: type) -> tuple[str, ...]:
    """Names of the fields typed ``Personal`` or ``Personal | None``."""
    hints = get_type_hints(kind)
    return tuple(
        field.name
        for field in fields(kind)
        if Personal in (hints[field.name], *get_args(hints[field.name]))
    )


PERSONAL: dict[type, tuple[str, ...]] = {
    kind: names for kind in NAMES if (names := personal_fields(kind))
}


def person_of(stream_id: UUID, event: object) -> UUID:
    """Under whose key the personal fields of ``event`` are sealed."""
    return WHOSE[type(event)](stream_id, event)


def persons_of(events: Iterable[tuple[UUID, object]]) -> Iterator[UUID]:
    """Everybody whom ``events``, with their streams, tell something personal of."""
    for stream_id, event in events:
        if type(event) in PERSONAL:
            yield person_of(stream_id, event)
