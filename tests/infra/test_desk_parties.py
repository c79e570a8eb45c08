"""Parties at the desk: one number one party, correction, merge, and what is kept."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.party.commands import CorrectParty, MergeParty
from domain.party.decisions import IdNumberIsInvalid, PartyIsMerged, PartyNotFound
from domain.party.events import IdentityClaimed, PartyRegistered
from domain.personal import Personal
from infra.database import Role as DatabaseRole
from infra.outcome import Status
from tests import examples as x
from tests.rules import rule
from tests.world import ID_NUMBER, World, register_applicant, register_person

OTHER = UUID(int=777)
SECOND_NUMBER = "640502199003077813"
merge = MergeParty(party_id=x.APPLICANT, into=OTHER, reason="重复登记", now=x.NOON)


def register_other(world: World) -> None:
    """Register a second person, under another number."""
    number = Personal(SECOND_NUMBER)
    digest = world.services.keys.digest(f"id|{SECOND_NUMBER}")
    command = register_person(world, OTHER)
    world.do(replace(command, number=number, digest=digest))


@rule("R-810")
def test_party_and_number_are_written_together(settled: World) -> None:
    register_applicant(settled)
    log = settled.services.log
    digest = settled.services.keys.digest(f"id|{ID_NUMBER}")
    (party,) = log.stream(x.APPLICANT)
    (identity,) = log.stream(settled.services.seals.identities([digest])[digest])
    assert isinstance(party.event, PartyRegistered)
    assert identity.event == IdentityClaimed(party_id=x.APPLICANT)
    assert identity.position == party.position + 1


@rule("R-810")
def test_a_number_registered_before_answers_with_its_party(settled: World) -> None:
    assert register_applicant(settled) == x.APPLICANT
    again = settled.do(register_person(settled, OTHER))
    assert (again.status, again.subject) == (Status.ALREADY_SO, x.APPLICANT)
    assert settled.services.log.stream(OTHER) == []


@rule("R-510")
def test_a_correction_and_a_merge_are_events_of_the_party(settled: World) -> None:
    register_applicant(settled)
    register_other(settled)
    correct = CorrectParty(
        party_id=x.APPLICANT,
        name=Personal("张三峰"),
        phone=None,
        reason="证件更名",
        now=x.NOON,
    )
    assert settled.do(correct).version == 2
    assert settled.do(merge).version == 3
    meta = settled.services.log.stream(x.APPLICANT)[-1].meta
    assert meta.facts == {f"party:{OTHER}": 1}
    with pytest.raises(PartyIsMerged):
        settled.do(replace(x.open_case, applicant=x.APPLICANT))


@rule("R-510")
def test_nobody_is_merged_into_a_party_that_is_not_there(settled: World) -> None:
    register_applicant(settled)
    with pytest.raises(PartyNotFound):
        settled.do(merge)


@rule("R-807")
def test_no_stored_outcome_holds_personal_data(settled: World) -> None:
    register_applicant(settled)
    wrong = register_person(settled, OTHER)
    with pytest.raises(IdNumberIsInvalid):
        settled.do(replace(wrong, number=Personal("640502199003077812")))
    with settled.services.database.transaction(DatabaseRole.WRITER) as cursor:
        cursor.execute("SELECT commands::text AS row FROM log.commands")
        text = "".join(row["row"] for row in cursor.fetchall())
    for personal in (ID_NUMBER, "640502199003077812", "张三丰", "13812345678"):
        assert personal not in text
