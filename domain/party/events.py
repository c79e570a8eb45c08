"""Facts about a person or organisation served, and who holds which number."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.personal import Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRegistered:
    """``kind`` is ``person`` or ``organisation``; ``number`` its ID number or USCC."""

    kind: str
    name: Personal
    number: Personal
    phone: Personal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCorrected:
    """``reason`` is free text on a person, so it is personal itself."""

    name: Personal
    phone: Personal | None
    reason: Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyMerged:
    """The party was registered twice; ``into`` is the one that stays."""

    into: UUID
    reason: Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityClaimed:
    """In the stream named after the number's keyed digest: who holds the number."""

    party_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRestricted:
    """From now on the data are kept, and nothing else is done with them (R-807)."""

    basis: str
    approver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyHeld:
    basis: str
    approver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyReleased:
    basis: str
    approver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErasureRequested:
    """``retained_until`` under that version of the rule; None = a case was running."""

    basis: str
    approver: str
    retention_version: int
    retained_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased:
    """The party's key is destroyed once this is recorded."""

    basis: str
    approver: str
    retention_version: int


ErasureEvent = (
    PartyRestricted | PartyHeld | PartyReleased | PersonErasureRequested | PersonErased
)
PartyEvent = (
    PartyRegistered
    | PartyCorrected
    | PartyMerged
    | PartyRestricted
    | PartyHeld
    | PartyReleased
    | PersonErasureRequested
    | PersonErased
)
IdentityEvent = IdentityClaimed
