"""What callers may ask of a party."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.party.retention import CaseRecord
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


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldParty:
    """A legal hold: nothing of the party is erased until it is released."""

    party_id: UUID
    basis: str
    approver: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseParty:
    party_id: UUID
    basis: str
    approver: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestErasure:
    """Restricts at once; ``cases`` are the party's own, looked up at the edge."""

    party_id: UUID
    basis: str
    approver: str
    cases: tuple[CaseRecord, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson:
    """Asks that nobody can read the party's personal data any more."""

    party_id: UUID
    basis: str
    approver: str
    cases: tuple[CaseRecord, ...]
    now: datetime


ErasureCommand = HoldParty | ReleaseParty | RequestErasure | ErasePerson
PartyCommand = (
    RegisterParty
    | CorrectParty
    | MergeParty
    | HoldParty
    | ReleaseParty
    | RequestErasure
    | ErasePerson
)
