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
    PartyMerged,
    PartyRegistered,
)
from domain.personal import Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    kind: str = ""
    name: Personal | None = None
    number: Personal | None = None
    phone: Personal | None = None
    merged_into: UUID | None = None

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
        case _:
            assert_never(event)


def fold(events: Iterable[PartyEvent]) -> Party:
    return reduce(evolve, events, Party())


def holder(events: Iterable[IdentityClaimed]) -> UUID | None:
    """Who holds a number, from the events of its identity stream."""
    return next((event.party_id for event in events), None)
