"""Looking for persons by what is known of them. POST: nothing personal in an address.

Found through keyed digests, which go with the person's key; each match is exact.
"""

from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.contract import READS, problems
from api.dependencies import JsonOnly, ServicesOf, SignedIn
from api.fields import Body, PersonalName, PersonalNumber, PersonalPhone, personal
from api.parties import ESCROW, PartyShown, require_reader, shown_party
from domain.authority import Role
from domain.party.state import Party, fold
from domain.personal import Personal
from infra.envelope import Recorded
from infra.sealing.finding import TAIL, Term, tells
from infra.services import Services

router = APIRouter(prefix="/parties", tags=["parties"])
MOST = 50
READS_A_BODY = READS | {"responses": READS["responses"] | problems(413, 415)}


class SearchBody(Body):
    """Exactly one of them; ``number_tail`` is the last four of an ID number."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "张三丰"}]})

    name: PersonalName | None = None
    phone: PersonalPhone | None = None
    number: PersonalNumber | None = None
    number_tail: Annotated[Personal, personal(TAIL, TAIL)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.terms()) != 1:
            raise ValueError("exactly one of name, phone, number, number_tail")
        return self

    def terms(self) -> list[tuple[Term, Personal]]:
        told = ((term, getattr(self, term.value)) for term in Term)
        return [(term, value) for term, value in told if value is not None]


class PartiesFound(BaseModel):
    parties: list[PartyShown]
    is_all: bool = Field(description="Whether there are no more than these.")


@router.post("/search", dependencies=[JsonOnly], **READS_A_BODY)
def search_parties(
    body: SearchBody, services: ServicesOf, account: SignedIn
) -> PartiesFound:
    """Persons known by exactly this name, phone, number or tail, masked (R-811)."""
    require_reader(account.role)
    ((term, value),) = body.terms()
    found = [
        (party_id, party, len(events))
        for party_id, events in _candidates(services, term, value)
        if _is_seen(party := _folded(events), account.role)
        and tells(term, party, value.reveal())
    ]
    shown = [shown_party(*each) for each in found[:MOST]]
    return PartiesFound(parties=shown, is_all=len(found) <= MOST)


def _candidates(
    services: Services, term: Term, value: Personal
) -> list[tuple[UUID, list[Recorded]]]:
    """Those who are or were known by it: streams and keys in one read each."""
    persons = services.seals.find(term, value.reveal())
    services.seals.fetch(persons)
    return list(services.log.streams(persons).items())


def _folded(events: list[Recorded]) -> Party:
    return fold(recorded.event for recorded in events)


def _is_seen(party: Party, role: Role) -> bool:
    return party.exists and (not party.is_restricted or role in ESCROW)
