"""What callers may ask of a party."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.personal import Personal


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterParty:
    """``digest`` is the number's keyed digest, made at the edge (R-807)."""

    party_id: UUID
    kind: PartyKind
    name: Personal
    number: Personal
    phone: Personal | None
    digest: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectParty:
    party_id: UUID
    name: Personal
    phone: Personal | None
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeParty:
    party_id: UUID
    into: UUID
    reason: str
    now: datetime


PartyCommand = RegisterParty | CorrectParty | MergeParty
