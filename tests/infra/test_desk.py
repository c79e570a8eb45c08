"""The door: done, already so, refused, no such thing; and each request only once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.authority import Role, RoleMayNot
from domain.case import commands as c
from domain.case.events import CaseHandedOver, CaseNumberTaken, CaseOpened
from domain.case.refusals import CaseNotFound, MaterialsAreMissing
from domain.office.commands import RenameOffice
from infra.database import Role as DatabaseRole
from infra.outcome import (
    KeyIsReused,
    Outcome,
    Status,
    StoredRefusal,
    VersionIsStale,
    outcome_from,
)
from infra.subjects import streams
from tests import examples as x
from tests.rules import rule
from tests.world import World, open_case, register_applicant

receive = c.ReceiveMaterials(
    case_id=x.CASE, by=x.ANNA, materials=("M1",), now=x.MORNING
)


def length(world: World) -> int:
    return world.services.log.last_position()


def stored(world: World, key: str) -> int:
    with world.services.database.transaction(DatabaseRole.WRITER) as cursor:
        cursor.execute("SELECT count(*) AS n FROM log.commands WHERE key = %s", (key,))
        return int(cursor.fetchall()[0]["n"])


@rule("R-504")
def test_done_the_answer_says_which_positions_and_which_version(settled: World) -> None:
    register_applicant(settled)
    before = length(settled)
    outcome = settled.do(x.open_case)
    assert outcome.status is Status.DONE
    assert outcome.positions == (before + 1, before + 2, before + 3)
    assert outcome.position == outcome.last == length(settled)
    assert (outcome.subject, outcome.version) == (x.CASE, 2)


def test_already_so_nothing_is_added(settled: World) -> None:
    open_case(settled)
    before = length(settled)
    outcome = settled.do(x.open_case)
    assert (outcome.status, outcome.positions) == (Status.ALREADY_SO, ())
    assert outcome.position == length(settled) == before


def test_refused_nothing_is_added_and_the_refusal_says_why(settled: World) -> None:
    open_case(settled)
    before = length(settled)
    with pytest.raises(MaterialsAreMissing) as refusal:
        settled.do(x.accept)
    assert refusal.value.facts == {"missing": "M1,M2"}
    assert length(settled) == before


def test_no_such_thing(settled: World) -> None:
    with pytest.raises(CaseNotFound):
        settled.do(receive)


def test_the_same_key_gives_the_first_outcome_and_adds_nothing(settled: World) -> None:
    open_case(settled)
    first = settled.do(receive, key="k")
    before = length(settled)
    settled.do(replace(receive, materials=("M2",)))
    later = replace(receive, now=receive.now + timedelta(hours=1))
    for again in (receive, later):
        assert settled.do(again, key="k") == replace(first, is_repeated=True)
    assert length(settled) == before + 1


def test_the_first_refusal_stays_though_it_would_now_be_done(settled: World) -> None:
    open_case(settled)
    with pytest.raises(MaterialsAreMissing) as first:
        settled.do(x.accept, key="k")
    settled.do(replace(receive, materials=("M1", "M2")))
    with pytest.raises(MaterialsAreMissing) as second:
        settled.do(x.accept, key="k")
    assert second.value.facts == first.value.facts
    assert settled.do(x.accept, key="another").status is Status.DONE


def test_the_same_key_for_another_request_is_refused(settled: World) -> None:
    open_case(settled)
    settled.do(receive, key="k", expected=2)
    before = length(settled)
    for other, changes in (
        (replace(receive, materials=("M2",)), {"expected": 2}),
        (x.accept, {"expected": 2}),
        (receive, {"expected": 3}),
        (receive, {"expected": 2, "effective_at": x.NOON}),
    ):
        with pytest.raises(KeyIsReused):
            settled.do(other, key="k", **changes)
    assert length(settled) == before


def test_a_key_belongs_to_its_actor(settled: World) -> None:
    open_case(settled)
    settled.do(receive, key="k")
    other = replace(receive, materials=("M2",))
    assert settled.do(other, key="k", actor="bo").status is Status.DONE


def test_a_stale_version_is_refused_and_the_right_one_is_not(settled: World) -> None:
    open_case(settled)
    with pytest.raises(VersionIsStale) as refusal:
        settled.do(receive, expected=1)
    assert refusal.value.facts == {"expected": 1, "actual": 2}
    assert settled.do(receive, expected=2).version == 3


@rule("R-822", "R-305")
def test_who_may_not_is_refused_and_the_key_stays_free(settled: World) -> None:
    open_case(settled)
    for role in (Role.SUPERVISOR, Role.INSPECTOR, Role.EVALUATOR):
        with pytest.raises(RoleMayNot):
            settled.do(receive, role, key="k", actor="anna")
    assert stored(settled, "k") == 0
    assert settled.do(receive, key="k", actor="anna").status is Status.DONE
    assert stored(settled, "k") == 1


@rule("R-504")
def test_a_case_and_its_number_are_written_together(settled: World) -> None:
    open_case(settled)
    log = settled.services.log
    (number,) = log.stream(streams.case_number_stream(x.ITEM, "2026-09-17"))
    opened, _ = log.stream(x.CASE)
    assert number.event == CaseNumberTaken(case_id=x.CASE, case_no=x.CASE_NO)
    assert isinstance(opened.event, CaseOpened)
    assert opened.position == number.position + 1


def test_the_envelope_says_who_where_and_on_what_it_rested(settled: World) -> None:
    open_case(settled)
    changes = {"office": x.TOWNSHIP, "channel": "window", "terminal": "T-01"}
    request = settled.request(receive, **changes)  # type: ignore[arg-type]
    settled.services.desk.execute(request)
    recorded = settled.services.log.stream(x.CASE)[-1]
    meta, context = recorded.meta, request.context
    assert meta.command_id == context.command_id
    assert (meta.actor, meta.role) == ("clerk-account", "clerk")
    assert (meta.office, meta.channel, meta.terminal) == tuple(changes.values())
    assert meta.correlation_id == context.correlation_id
    assert meta.facts == {f"item:{x.ITEM}": 1, f"post:{x.WINDOW}": 1}
    assert meta.effective_at is None
    assert recorded.effective_at == recorded.recorded_at


def test_a_fact_is_named_by_the_version_the_decision_saw(settled: World) -> None:
    rename = RenameOffice(code=x.COUNTY, name="县政务中心", now=x.NOON)
    settled.do(rename, Role.ADMINISTRATOR)
    rename = RenameOffice(code=x.TOWNSHIP, name="镇政务中心", now=x.NOON)
    settled.do(rename, Role.ADMINISTRATOR)
    meta = settled.services.log.stream(streams.office_stream(x.TOWNSHIP))[-1].meta
    assert meta.facts == {f"office:{x.COUNTY}": 2}


def test_an_answer_of_a_later_program_is_still_a_refusal() -> None:
    refused = Outcome(
        status=Status.REFUSED, subject=x.CASE, version=1, refusal=CaseNotFound()
    )
    plain = {**refused.plain(), "positions": [], "last": 9}
    assert isinstance(outcome_from(plain).refusal, CaseNotFound)
    plain["refusal"] = {"code": "not-yet-thought-of", "facts": {}}
    later = outcome_from(plain).refusal
    assert isinstance(later, StoredRefusal)
    assert later.facts == {"stored": "not-yet-thought-of"}


@rule("R-227")
def test_a_handover_comes_back_as_it_was_said(settled: World) -> None:
    open_case(settled)
    hand = c.HandOverCase(case_id=x.CASE, by=x.ANNA, to=x.BO, reason="出差", now=x.NOON)
    settled.do(hand)
    assert settled.services.log.stream(x.CASE)[-1].event == CaseHandedOver(
        from_officer=x.ANNA, to_officer=x.BO, reason="出差"
    )
