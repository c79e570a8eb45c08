"""Restricting, holding and erasing: what is kept by law is kept, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.case.commands import OpenCase
from domain.case.decisions import decide as decide_case
from domain.case.state import Case
from domain.party.commands import (
    CorrectParty,
    ErasePerson,
    HoldParty,
    MergeParty,
    ReleaseParty,
    RequestErasure,
)
from domain.party.decisions import PartyFacts, PartyNotFound, decide
from domain.party.erasing import (
    ErasureBasisIsMissing,
    ErasureIsNotRequested,
    PartyIsErased,
    PartyIsHeld,
    PartyIsRestricted,
    RetentionHasNotEnded,
)
from domain.party.events import PartyHeld, PartyRegistered, PartyRestricted
from domain.party.masking import (
    MaskingLevel,
    masked_name,
    masked_number,
    masked_phone,
)
from domain.party.retention import RULES, CaseRecord, retention
from domain.party.state import Party, evolve, fold
from domain.personal import ERASED, ERASED_TEXT, Personal
from domain.unknown import UnknownEvent
from tests import examples as x
from tests.rules import rule

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
ENDED_LONG_AGO = CaseRecord(ended_on=date(2016, 9, 17))
ENDED_TOO_LATE = CaseRecord(ended_on=date(2016, 9, 18))
RUNNING = CaseRecord(ended_on=None)
known = Party(
    kind="person", name=Personal("张三"), number=Personal("x"), phone=Personal("1")
)
asked: dict[str, Any] = {
    "party_id": x.APPLICANT,
    "basis": "R-806",
    "approver": "主任",
    "now": NOW,
}
hold, release = HoldParty(**asked), ReleaseParty(**asked)
request = RequestErasure(**asked, cases=())
erase = ErasePerson(**asked, cases=())


def after(*commands: Any) -> Party:
    """The known party, once each of these was done."""
    party = known
    for command in commands:
        for event in decide(party, command, PartyFacts()):
            party = evolve(party, event)  # type: ignore[arg-type]
    return party


@rule("R-806", "R-807")
def test_a_request_restricts_at_once() -> None:
    restricted, requested = decide(known, request, PartyFacts())
    assert restricted == PartyRestricted(basis="R-806", approver="主任")
    assert requested.retained_until == date(2026, 9, 17)  # type: ignore[union-attr]
    assert decide(after(request), request, PartyFacts()) == ()


@rule("R-807")
@pytest.mark.parametrize("level", MaskingLevel)
def test_an_erased_person_shows_that_and_nothing_else(level: MaskingLevel) -> None:
    erased = after(request, erase)
    assert erased.is_erased
    assert (erased.name, erased.number, erased.phone) == (ERASED,) * 3
    for masked in (masked_name, masked_number, masked_phone):
        assert masked(ERASED.reveal(), level) == ERASED_TEXT
    assert ERASED.is_erased
    assert not Personal("张三").is_erased


@rule("R-820")
@pytest.mark.parametrize("cases", [(RUNNING,), (ENDED_LONG_AGO, ENDED_TOO_LATE)])
def test_what_the_law_keeps_is_not_erased(cases: tuple[CaseRecord, ...]) -> None:
    with pytest.raises(RetentionHasNotEnded) as refusal:
        decide(after(request), replace(erase, cases=cases), PartyFacts())
    until = None if RUNNING in cases else "2026-09-18"
    assert refusal.value.facts == {"until": until, "version": 1}


@rule("R-820")
def test_retention_ends_ten_years_after_the_last_case() -> None:
    erasing = replace(erase, cases=(ENDED_LONG_AGO,))
    assert decide(after(request), erasing, PartyFacts())
    leap = retention([CaseRecord(ended_on=date(2024, 2, 29))], date(2026, 1, 1))
    assert leap.ends_on == date(2034, 3, 1)
    assert retention([], date(2000, 1, 1)).rule is RULES[0]


@rule("R-807")
def test_a_legal_hold_blocks_erasure_until_it_is_released() -> None:
    held = after(request, hold)
    with pytest.raises(PartyIsHeld):
        decide(held, erase, PartyFacts())
    assert decide(held, hold, PartyFacts()) == ()
    assert after(request, hold, release, erase).is_erased
    assert decide(known, hold, PartyFacts()) == (
        PartyHeld(basis="R-806", approver="主任"),
    )


@rule("R-806")
def test_erasing_needs_a_request_a_basis_and_an_approver() -> None:
    with pytest.raises(ErasureIsNotRequested):
        decide(known, erase, PartyFacts())
    for missing in ({"basis": " "}, {"approver": ""}):
        with pytest.raises(ErasureBasisIsMissing):
            decide(known, replace(request, **missing), PartyFacts())  # type: ignore[arg-type]
    with pytest.raises(PartyNotFound):
        decide(Party(), request, PartyFacts())


@rule("R-807")
def test_with_the_restricted_and_the_erased_nothing_more_is_done() -> None:
    correct = CorrectParty(
        party_id=x.APPLICANT, name=Personal("李"), phone=None, reason="误", now=NOW
    )
    merge = MergeParty(party_id=x.APPLICANT, into=UUID(int=1), reason="重", now=NOW)
    for command in (correct, merge):
        with pytest.raises(PartyIsRestricted):
            decide(after(request), command, PartyFacts(into=known))
        with pytest.raises(PartyIsErased):
            decide(after(request, erase), command, PartyFacts(into=known))
    with pytest.raises(PartyIsRestricted):
        decide(known, merge, PartyFacts(into=after(request)))
    with pytest.raises(PartyIsErased):
        decide(after(request, erase), hold, PartyFacts())
    assert decide(after(request, erase), erase, PartyFacts()) == ()


@rule("R-807")
def test_no_case_is_opened_for_the_restricted() -> None:
    command: OpenCase = x.open_case
    facts = replace(x.facts, applicant=after(request))
    with pytest.raises(PartyIsRestricted):
        decide_case(Case(), command, facts)


def test_a_fact_of_a_later_program_is_passed_over() -> None:
    registered = PartyRegistered(
        kind="person", name=Personal("张三"), number=Personal("x"), phone=None
    )
    later = UnknownEvent(name="party.teleported.v9", data={})
    assert fold([registered, later]) == fold([registered])  # type: ignore[list-item]
