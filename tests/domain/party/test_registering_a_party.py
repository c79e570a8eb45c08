"""Registering, correcting and merging: done, already so, refused, no such party."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.party.commands import CorrectParty, MergeParty, PartyKind, RegisterParty
from domain.party.decisions import (
    IdNumberIsInvalid,
    PartyCannotMergeIntoItself,
    PartyFacts,
    PartyIsMerged,
    PartyIsRegistered,
    PartyNameIsMissing,
    PartyNotFound,
    decide,
)
from domain.party.events import (
    IdentityClaimed,
    PartyCorrected,
    PartyMerged,
    PartyRegistered,
)
from domain.party.state import Party, fold, holder
from domain.personal import Personal
from domain.rejections import NoSuchThing
from tests import examples as x
from tests.rules import rule

OTHER = UUID(int=202)
NUMBER = "11010519491231002X"
unclaimed = PartyFacts(holder=None)
register = RegisterParty(
    party_id=x.APPLICANT,
    kind=PartyKind.PERSON,
    name=Personal("张三丰"),
    number=Personal(NUMBER),
    phone=Personal("13812345678"),
    digest="d1",
    now=x.MORNING,
)
registered = PartyRegistered(
    kind="person",
    name=Personal("张三丰"),
    number=Personal(NUMBER),
    phone=Personal("13812345678"),
)
party = fold([registered])
correct = CorrectParty(
    party_id=x.APPLICANT,
    name=Personal("张三峰"),
    phone=None,
    reason="证件更名",
    now=x.NOON,
)
merge = MergeParty(party_id=x.APPLICANT, into=OTHER, reason="重复登记", now=x.NOON)
into_other = PartyFacts(into=party)
merged = PartyMerged(into=OTHER, reason=Personal("重复登记"))


@rule("R-810", "V-20")
def test_a_person_is_registered_and_the_number_claimed() -> None:
    claim = IdentityClaimed(party_id=x.APPLICANT)
    assert decide(Party(), register, unclaimed) == (registered, claim)


@rule("R-810", "V-20")
def test_a_small_x_is_kept_as_a_large_one() -> None:
    typed = replace(register, number=Personal(" 11010519491231002x"))
    event, _ = decide(Party(), typed, unclaimed)
    assert isinstance(event, PartyRegistered)
    assert event.number.reveal() == NUMBER


@rule("R-810", "V-24")
def test_an_organisation_is_registered_by_its_credit_code() -> None:
    organisation = replace(
        register,
        kind=PartyKind.ORGANISATION,
        number=Personal("11640502010086001r"),
        phone=None,
    )
    event, _ = decide(Party(), organisation, unclaimed)
    assert isinstance(event, PartyRegistered)
    assert (event.kind, event.number.reveal()) == ("organisation", "11640502010086001R")


@rule("R-810", "V-22", "V-23", "V-24")
@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (PartyKind.PERSON, "640381198502290010"),
        (PartyKind.PERSON, "640502199003077812"),
        (PartyKind.PERSON, "11640502010086001R"),
        (PartyKind.ORGANISATION, "11640502010086001X"),
        (PartyKind.ORGANISATION, NUMBER),
    ],
)
def test_a_wrong_number_is_refused_and_not_repeated(
    kind: PartyKind, number: str
) -> None:
    typed = replace(register, kind=kind, number=Personal(number))
    with pytest.raises(IdNumberIsInvalid) as refusal:
        decide(Party(), typed, unclaimed)
    assert refusal.value.facts == {"kind": kind}


@rule("R-810")
def test_born_tomorrow_in_shanghai_is_refused() -> None:
    before = replace(register, now=x.MORNING.replace(year=1949, month=12, day=30))
    with pytest.raises(IdNumberIsInvalid):
        decide(Party(), before, unclaimed)


@rule("R-810")
def test_a_number_has_one_party() -> None:
    for claimed_by in (x.APPLICANT, OTHER):
        facts = PartyFacts(holder=claimed_by)
        assert decide(Party(), register, facts) == ()
    assert decide(party, register, PartyFacts(holder=x.APPLICANT)) == ()
    assert holder([IdentityClaimed(party_id=OTHER)]) == OTHER
    assert holder([]) is None


@rule("R-810")
def test_a_party_does_not_get_a_second_number() -> None:
    second = replace(register, number=Personal("640502199003077813"), digest="d2")
    with pytest.raises(PartyIsRegistered):
        decide(party, second, unclaimed)


@rule("R-510")
def test_a_party_has_a_name() -> None:
    with pytest.raises(PartyNameIsMissing):
        decide(Party(), replace(register, name=Personal(" ")), unclaimed)
    with pytest.raises(PartyNameIsMissing):
        decide(party, replace(correct, name=Personal("")), unclaimed)


@rule("R-510")
def test_a_party_is_corrected_and_keeps_its_number() -> None:
    events = decide(party, correct, unclaimed)
    assert events == (
        PartyCorrected(
            name=Personal("张三峰"), phone=None, reason=Personal("证件更名")
        ),
    )
    corrected = fold([registered, *events])
    assert (corrected.name, corrected.number) == (Personal("张三峰"), registered.number)
    assert decide(corrected, correct, unclaimed) == ()


@rule("R-510")
def test_a_double_registration_is_merged_into_the_one_that_stays() -> None:
    assert decide(party, merge, into_other) == (merged,)
    assert decide(fold([registered, merged]), merge, into_other) == ()


@rule("R-510")
def test_what_was_merged_is_not_touched_again() -> None:
    gone = fold([registered, merged])
    for command in (correct, replace(merge, into=UUID(int=203))):
        with pytest.raises(PartyIsMerged):
            decide(gone, command, into_other)


@rule("R-510")
def test_nothing_is_merged_into_itself_or_into_what_was_merged() -> None:
    with pytest.raises(PartyCannotMergeIntoItself):
        decide(party, replace(merge, into=x.APPLICANT), into_other)
    with pytest.raises(PartyIsMerged):
        decide(party, merge, PartyFacts(into=fold([registered, merged])))


def test_there_must_be_a_party() -> None:
    for command in (correct, merge):
        with pytest.raises(PartyNotFound) as refusal:
            decide(Party(), command, into_other)
        assert isinstance(refusal.value, NoSuchThing)
    for nobody in (None, Party()):
        with pytest.raises(PartyNotFound):
            decide(party, merge, PartyFacts(into=nobody))


@rule("R-807")
def test_no_event_shows_a_personal_field_when_printed() -> None:
    for thing in (register, registered, party, *decide(party, correct, unclaimed)):
        text = f"{thing} {thing!r}"
        assert not any(word in text for word in ("张三", NUMBER, "13812345678"))
