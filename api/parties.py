"""Routes on persons and organisations served. A number is never in an address."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.contract import CHANGES, CREATES, READS_VERSION
from api.dependencies import LogOf, SignedIn
from api.fields import Body, PersonalName, PersonalNumber, PersonalPhone, Prose
from api.references import PARTY, events_of
from api.writing import WriteOf, Written
from domain.authority import Role, RoleMayNot
from domain.party.commands import CorrectParty, MergeParty, PartyKind, RegisterParty
from domain.party.decisions import PartyNotFound
from domain.party.erasing import PartyIsRestricted
from domain.party.masking import MaskingLevel, masked_name, masked_number, masked_phone
from domain.party.numbers import normalised
from domain.party.state import Party, fold
from domain.personal import Personal

router = APIRouter(prefix="/parties", tags=["parties"])
READERS = frozenset({Role.CLERK, Role.SUPERVISOR, Role.INSPECTOR})
SHOWN = MaskingLevel.STAFF_LIST
# what is restricted is stored, and read by nobody but inspection.
ESCROW = frozenset({Role.INSPECTOR})


class PartyBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "person",
                    "name": "张三丰",
                    "number": "11010519491231002X",
                    "phone": "13800000000",
                }
            ]
        }
    )

    kind: PartyKind
    name: PersonalName
    number: PersonalNumber = Field(description="ID number, or USCC (R-810).")
    phone: PersonalPhone | None = None


class CorrectionBody(Body):
    """Name and phone as they are to be; both are told, so nothing is guessed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "张三峰", "phone": "13800000000", "reason": "录入错误"}
            ]
        }
    )

    name: PersonalName
    phone: PersonalPhone | None
    reason: Prose


class MergeBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "into": "00000000-0000-4000-8000-0000000000c9",
                    "reason": "同一人重复登记",
                }
            ]
        }
    )

    into: UUID = Field(description="The party that stays.")
    reason: Prose


class PartyShown(BaseModel):
    """A party as staff lists show it, masked (R-811)."""

    id: UUID
    kind: PartyKind
    name: str
    number: str
    phone: str | None
    merged_into: UUID | None
    version: int


@router.post("", **CREATES)
def register_party(body: PartyBody, write: WriteOf) -> Written:
    """Register a party; a number already known gives the party that holds it."""
    number = normalised(body.number.reveal())
    command = RegisterParty(
        party_id=write.new_id,
        kind=body.kind,
        name=body.name,
        number=body.number,
        phone=body.phone,
        digest=write.services.keys.digest(f"id|{number}"),
        now=write.now,
    )
    return write.do(command, at="parties")


@router.patch("/{party_id}", **CHANGES)
def correct_party(party_id: UUID, body: CorrectionBody, write: WriteOf) -> Written:
    """Correct name and phone; the number is what a party is known by."""
    command = CorrectParty(
        party_id=party_id,
        name=body.name,
        phone=body.phone,
        reason=body.reason,
        now=write.now,
    )
    return write.do(command)


@router.post("/{party_id}/merge", **CHANGES)
def merge_party(party_id: UUID, body: MergeBody, write: WriteOf) -> Written:
    """Merge a party that was registered twice into the one that stays."""
    command = MergeParty(
        party_id=party_id, into=body.into, reason=body.reason, now=write.now
    )
    return write.do(command)


@router.get("/{party_id}", **READS_VERSION)
def read_party(
    party_id: UUID, response: Response, log: LogOf, account: SignedIn
) -> PartyShown:
    """A party, masked. Devices and administrators have no business with it."""
    require_reader(account.role)
    events = events_of(log, party_id, PARTY)
    party = fold(recorded.event for recorded in events)
    if party.name is None:
        raise PartyNotFound
    if party.is_restricted and not party.is_erased and account.role not in ESCROW:
        raise PartyIsRestricted
    response.headers["ETag"] = f'"{len(events)}"'
    return shown_party(party_id, party, len(events))


def require_reader(role: Role) -> None:
    if role not in READERS:
        raise RoleMayNot(role=role, command="ReadParty")


def shown_party(party_id: UUID, party: Party, version: int) -> PartyShown:
    """Masked for lists; of an erased party only that it is erased."""
    return PartyShown(
        id=party_id,
        kind=PartyKind(party.kind),
        name=masked_name(_revealed(party.name), SHOWN),
        number=masked_number(_revealed(party.number), SHOWN),
        phone=masked_phone(party.phone.reveal(), SHOWN) if party.phone else None,
        merged_into=party.merged_into,
        version=version,
    )


def _revealed(field: Personal | None) -> str:
    if field is None:
        raise PartyNotFound
    return field.reveal()
