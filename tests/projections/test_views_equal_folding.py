"""Any sequence of live commands: what the views show is what folding gives."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.case import commands as c
from domain.case.state import Case, fold
from domain.rejections import Rejection
from infra.database import Role
from projections import performance as p
from projections.runner import Runner
from projections.scope import Scope
from tests import examples as x
from tests.projections.reading import case_row, table
from tests.world import World, register_applicant

OFFICERS = st.sampled_from([x.ANNA, x.BO, x.CHEN])
NOW = x.NOON
COMMANDS: st.SearchStrategy[Any] = st.one_of(
    st.builds(
        c.ReceiveMaterials,
        case_id=st.just(x.CASE),
        by=OFFICERS,
        materials=st.sampled_from([("M1", "M2"), ("M1",), ("M3",)]),
        now=st.just(NOW),
    ),
    st.builds(replace, st.just(x.accept), by=OFFICERS),
    st.builds(replace, st.just(x.grant), by=OFFICERS),
    st.builds(
        c.HandOverCase,
        case_id=st.just(x.CASE),
        by=OFFICERS,
        to=OFFICERS,
        reason=st.just("出差"),
        now=st.just(NOW),
    ),
    st.builds(
        c.WithdrawCase,
        case_id=st.just(x.CASE),
        by=OFFICERS,
        reason=st.just("不再需要"),
        now=st.just(NOW),
    ),
    st.builds(
        c.DeliverResult,
        case_id=st.just(x.CASE),
        by=OFFICERS,
        mode=st.just(c.DeliveryMode.COUNTER),
        now=st.just(NOW),
    ),
)


def give(world: World, command: object) -> None:
    """Do it if the rules allow it."""
    try:
        world.do(command)
    except Rejection:
        return


def shown(row: dict[str, Any]) -> tuple[object, ...]:
    return (
        row["case_no"],
        row["stage"],
        row["responsible"],
        row["office_code"],
        row["post"],
        row["accepted_on"],
    )


def folded(case: Case) -> tuple[object, ...]:
    return (
        case.case_no,
        case.stage.value,
        case.responsible,
        case.office_code,
        case.post,
        case.accepted_on,
    )


@pytest.mark.timeout(300)
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(commands=st.lists(COMMANDS, min_size=3, max_size=14), data=st.data())
def test_views_show_what_folding_gives(
    settled: World, runner: Runner, commands: list[Any], data: st.DataObject
) -> None:
    case_id = data.draw(st.uuids(version=4), "case")
    applicant = register_applicant(settled)
    settled.do(replace(x.open_case, case_id=case_id, applicant=applicant))
    for command in commands:
        give(settled, replace(command, case_id=case_id))
    runner.catch_up()
    recorded = settled.services.log.stream(case_id)
    case = fold(r.event for r in recorded)
    assert shown(case_row(settled.services, case_id)) == folded(case)
    way = [
        row
        for row in table(settled.services, "tracking_v1")
        if row["case_id"] == case_id
    ]
    assert sorted(row["version"] for row in way) == [
        r.originator_version for r in recorded
    ]
    assert finished(settled) == sum(each.is_finished for each in folds(settled))


def folds(world: World) -> list[Case]:
    ids: set[UUID] = {row["case_id"] for row in table(world.services, "deadlines_v1")}
    streams = world.services.log.streams(ids)
    return [fold(r.event for r in recorded) for recorded in streams.values()]


def finished(world: World) -> int:
    with world.services.database.transaction(Role.READER) as cursor:
        (total,) = p.performance(cursor, Scope.of(x.COUNTY), p.By.TOTAL)
    return int(total["finished"])
