"""Facts about a person or organisation served, and who holds which number."""

from dataclasses import dataclass
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
    name: Personal
    phone: Personal | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyMerged:
    """The party was registered twice; ``into`` is the one that stays."""

    into: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityClaimed:
    """In the stream named after the number's keyed digest: who holds the number."""

    party_id: UUID


PartyEvent = PartyRegistered | PartyCorrected | PartyMerged
IdentityEvent = IdentityClaimed
