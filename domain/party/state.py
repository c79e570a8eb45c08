"""What the rules need to remember of a party."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import assert_never
from uuid import UUID

from domain.party.events import (
    IdentityClaimed,
    PartyCorrected,
    PartyEvent,
    PartyHeld,
    PartyMerged,
    PartyRegistered,
    PartyReleased,
    PartyRestricted,
    PersonErased,
    PersonErasureRequested,
)
from domain.personal import ERASED, Personal
from domain.unknown import known


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Restricted: kept, and not used. Erased: its fields say so (R-807)."""

    kind: str = ""
    name: Personal | None = None
    number: Personal | None = None
    phone: Personal | None = None
    merged_into: UUID | None = None
    is_restricted: bool = False
    is_held: bool = False
    is_erasure_requested: bool = False
    is_erased: bool = False

    @property
    def exists(self) -> bool:
        return bool(self.kind)


def evolve(party: Party, event: PartyEvent) -> Party:
    match event:
        case PartyRegistered():
            return Party(
                kind=event.kind,
                name=event.name,
                number=event.number,
                phone=event.phone,
            )
        case PartyCorrected():
            return replace(party, name=event.name, phone=event.phone)
        case PartyMerged():
            return replace(party, merged_into=event.into)
        case PartyRestricted():
            return replace(party, is_restricted=True)
        case PartyHeld():
            return replace(party, is_held=True)
        case PartyReleased():
            return replace(party, is_held=False)
        case PersonErasureRequested():
            return replace(party, is_erasure_requested=True)
        case PersonErased():
            return _erased(party)
        case _:
            assert_never(event)


def _erased(party: Party) -> Party:
    phone = ERASED if party.phone else None
    return replace(party, name=ERASED, number=ERASED, phone=phone, is_erased=True)


def fold(events: Iterable[PartyEvent]) -> Party:
    return reduce(evolve, known(events), Party())


def holder(events: Iterable[IdentityClaimed]) -> UUID | None:
    """Who holds a number, from the events of its identity stream."""
    return next((event.party_id for event in known(events)), None)
