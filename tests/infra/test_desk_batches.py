"""A batch: decided one by one, each refused alone, appended together or not at all."""

from dataclasses import replace
from uuid import UUID

import pytest
from eventsourcing.persistence import PersistenceError

from domain.authority import Role, RoleMayNot
from domain.case import commands as c
from domain.case.refusals import CaseNotFound, OfficerIsNotOnPost
from domain.case.source_steps import SourceStep
from domain.post.commands import ChangePostHolders
from infra.context import Request
from infra.outcome import KeyIsReused, Status
from infra.subjects import streams
from tests import examples as x
from tests.rules import rule
from tests.world import World, open_case, register_applicant

receive = c.ReceiveMaterials(
    case_id=x.CASE, by=x.ANNA, materials=("M1", "M2"), now=x.MORNING
)
STRANGE = UUID(int=404)
source_case = c.RecordSourceCase(
    case_id=STRANGE,
    source_case="case-1",
    source_log="receipt",
    office_code=x.COUNTY,
    item_name=None,
    channel=None,
    opened_at=None,
    deadline_at=None,
    attributes=(),
    now=x.MORNING,
)
source_step = c.RecordSourceStep(
    case_id=STRANGE,
    activity="T04",
    transition=None,
    step=SourceStep.ACCEPTED,
    kind=None,
    officer=x.BO,
    previous_officer=x.ANNA,
    group=None,
    now=x.MORNING,
)


def statuses(world: World, requests: list[Request]) -> list[Status]:
    return [o.status for o in world.services.desk.execute_all(requests)]


def test_each_is_refused_alone(settled: World) -> None:
    open_case(settled)
    requests = [
        settled.request(replace(receive, case_id=STRANGE)),
        settled.request(receive),
        settled.request(receive, Role.INSPECTOR),
        settled.request(x.accept),
    ]
    outcomes = settled.services.desk.execute_all(requests)
    assert [o.status for o in outcomes] == ["refused", "done", "refused", "done"]
    assert isinstance(outcomes[0].refusal, CaseNotFound)
    assert isinstance(outcomes[2].refusal, RoleMayNot)
    assert outcomes[3].positions == (outcomes[1].position + 1,)
    assert {o.last for o in (outcomes[0], outcomes[1], outcomes[3])} == {
        settled.services.log.last_position()
    }


def test_a_later_one_sees_what_an_earlier_one_did(settled: World) -> None:
    register_applicant(settled)
    commands = (x.open_case, receive, x.accept, x.grant, x.grant)
    requests = [settled.request(command) for command in commands]
    assert statuses(settled, requests) == ["done"] * 4 + ["already_so"]
    recorded = settled.services.log.stream(x.CASE)
    assert [r.originator_version for r in recorded] == [1, 2, 3, 4, 5]


@rule("R-226")
def test_a_later_one_rests_on_the_facts_that_an_earlier_one_made(
    settled: World,
) -> None:
    open_case(settled)
    settled.do(receive)
    change = ChangePostHolders(
        post_id=x.WINDOW, primary=x.CHEN, backup=x.BO, now=x.NOON
    )
    take = c.HandOverCase(
        case_id=x.CASE, by=x.CHEN, to=x.CHEN, reason="换岗", now=x.NOON
    )
    requests = [
        settled.request(take),
        settled.request(change, Role.ADMINISTRATOR),
        settled.request(take),
    ]
    outcomes = settled.services.desk.execute_all(requests)
    assert isinstance(outcomes[0].refusal, OfficerIsNotOnPost)
    assert [o.status for o in outcomes[1:]] == ["done", "done"]
    meta = settled.services.log.stream(x.CASE)[-1].meta
    assert meta.facts is not None
    assert meta.facts[f"post:{x.WINDOW}"] == 2


@rule("R-504")
def test_openings_in_one_batch_get_numbers_that_follow(settled: World) -> None:
    register_applicant(settled)
    ids = [UUID(int=n) for n in range(1, 6)]
    requests = [settled.request(replace(x.open_case, case_id=i)) for i in ids]
    assert statuses(settled, requests) == ["done"] * 5
    taken = settled.services.log.stream(
        streams.case_number_stream(x.ITEM, "2026-09-17")
    )
    assert [r.event.case_no[-4:] for r in taken] == [f"000{n}" for n in range(1, 6)]


def test_twins_in_one_batch_are_one(settled: World) -> None:
    open_case(settled)
    first = settled.request(receive, key="k")
    twin = settled.request(receive, key="k")
    other = settled.request(replace(receive, materials=("M3",)), key="k")
    outcomes = settled.services.desk.execute_all([first, twin, other])
    assert replace(outcomes[1], is_repeated=False) == outcomes[0]
    assert outcomes[0].status is Status.DONE
    assert isinstance(outcomes[2].refusal, KeyIsReused)
    assert len(settled.services.log.stream(x.CASE)) == 3


def test_a_batch_given_again_gives_its_first_outcomes(settled: World) -> None:
    open_case(settled)
    requests = [settled.request(receive), settled.request(x.accept)]
    first = settled.services.desk.execute_all(requests)
    before = settled.services.log.last_position()
    again = settled.services.desk.execute_all([requests[1], requests[0]])
    assert [replace(o, is_repeated=False) for o in again] == first[::-1]
    assert settled.services.log.last_position() == before


def test_an_empty_batch_does_nothing(settled: World) -> None:
    assert settled.services.desk.execute_all([]) == []


def test_when_the_append_fails_nothing_is_written(settled: World) -> None:
    open_case(settled)
    before = settled.services.log.last_position()
    good, broken = settled.request(receive), settled.request(x.accept, key="a\0b")
    with pytest.raises(PersistenceError):
        settled.services.desk.execute_all([good, broken])
    assert settled.services.log.last_position() == before
    assert len(settled.services.log.stream(x.CASE)) == 2
    assert statuses(settled, [good]) == ["done"]


@rule("A-14")
def test_a_derived_handover_says_so_and_keeps_the_time_of_its_row(
    settled: World,
) -> None:
    for command in (source_case, source_step):
        settled.do(command, Role.IMPORTER, flags=("imported",), effective_at=x.NOON)
    _, handover, step = settled.services.log.stream(STRANGE)
    assert handover.meta.flags == ("imported", "derived")
    assert step.meta.flags == ("imported",)
    assert handover.effective_at == step.effective_at == x.NOON
    assert step.recorded_at == x.MORNING
