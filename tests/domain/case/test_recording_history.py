"""Source facts: kept as told, judged by no live rule."""

from dataclasses import replace

from domain.case import commands as c
from domain.case import events as e
from domain.case.refusals import CaseIsNotImported, CaseNotFound
from domain.case.source_steps import SourceStep
from domain.case.state import Stage, fold
from domain.office.decisions import OfficeNotFound
from domain.office.state import Office
from tests import examples as x
from tests.rules import rule
from tests.scenario import given

record = c.RecordSourceCase(
    case_id=x.CASE,
    source_case="case-1",
    source_log="receipt",
    office_code=x.COUNTY,
    item_name=None,
    channel="Internet",
    opened_at=x.MORNING,
    deadline_at=x.NOON,
    attributes=(),
    now=x.NOON,
)
step = c.RecordSourceStep(
    case_id=x.CASE,
    activity="T04",
    transition=None,
    step=SourceStep.ACCEPTED,
    kind="proxy",
    officer=x.ANNA,
    previous_officer=None,
    group=None,
    now=x.NOON,
)
stepped = e.SourceStepRecorded(
    activity="T04",
    transition=None,
    step="accepted",
    kind="proxy",
    officer=x.ANNA,
    group=None,
)
end = c.RecordSourceEnd(case_id=x.CASE, ended_at=x.NOON, now=x.NOON)
county = Office(code=x.COUNTY, name="县政务服务中心", phone="1")


@rule("A-14")
def test_a_source_case_is_kept_as_told() -> None:
    given().with_facts(office=county).when(record).then(x.source_case)
    given(x.source_case).with_facts(office=county).when(record).then_nothing()
    given().with_facts(office=None).when(record).then_refused(OfficeNotFound)


@rule("A-14")
def test_a_step_is_kept_and_the_handover_between_two_rows_derived() -> None:
    given(x.source_case).when(step).then(stepped)
    given(x.source_case).when(replace(step, previous_officer=x.BO)).then(
        e.SourceHandoverDerived(from_officer=x.BO, to_officer=x.ANNA), stepped
    )
    given(x.source_case).when(replace(step, previous_officer=x.ANNA)).then(stepped)


def test_no_handover_is_invented_where_an_officer_is_not_recorded() -> None:
    nobody = replace(step, officer=None, previous_officer=x.BO)
    given(x.source_case).when(nobody).then(replace(stepped, officer=None))


def test_no_live_rule_judges_a_source_step() -> None:
    ended = e.SourceCaseEnded(ended_at=x.NOON)
    given(x.source_case, ended).when(step).then(stepped)
    given(x.source_case).when(end).then(ended)
    given(x.source_case, ended).when(end).then_nothing()


def test_a_live_case_takes_no_source_facts_and_none_is_made_up() -> None:
    given(*x.at_hand).when(step).then_refused(CaseIsNotImported)
    given().when(step).then_refused(CaseNotFound)
    given().when(end).then_refused(CaseNotFound)


def test_a_step_after_the_end_does_not_reopen_the_case() -> None:
    ended = e.SourceCaseEnded(ended_at=x.NOON)
    assert fold((x.source_case, ended, stepped)).stage is Stage.SOURCE_ENDED


def test_a_mapped_step_tells_the_stage_and_a_neutral_one_does_not() -> None:
    assert fold((x.source_case, stepped)).stage is Stage.ACCEPTED
    neutral = replace(stepped, step=None)
    assert fold((x.source_case, neutral)).stage is Stage.OPEN
    assert fold((x.source_case, stepped)).responsible == x.ANNA
