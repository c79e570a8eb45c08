"""Rating: five levels, one first rating a service, never overwritten."""

from dataclasses import replace

from domain.case import commands as c
from domain.case import events as e
from domain.case.refusals import (
    CaseIsImported,
    CaseIsNotFinished,
    CaseIsRated,
    CaseNotFound,
)
from tests import examples as x
from tests.rules import rule
from tests.scenario import given

good = c.RateCase(
    case_id=x.CASE,
    level=c.RatingLevel.SATISFIED,
    channel=c.RatingChannel.HALL_TABLET,
    now=x.NOON,
)
bad = replace(good, level=c.RatingLevel.VERY_DISSATISFIED)
rated = e.CaseRated(level="satisfied", channel="hall_tablet")


@rule("R-301", "R-302")
def test_a_finished_service_is_rated_by_name_of_level() -> None:
    given(*x.done).when(good).then(rated)
    given(*x.done, x.delivered).when(good).then(rated)
    given(*x.at_hand, x.refused_at_intake).when(good).then(rated)


@rule("R-301")
def test_there_are_five_levels_and_the_last_two_are_negative() -> None:
    assert list(c.RatingLevel)[3:] == sorted(c.NEGATIVE, key=list(c.RatingLevel).index)
    assert len(c.RatingLevel) == 5


@rule("R-303")
def test_not_before_the_service_is_over() -> None:
    given(*x.running).when(good).then_refused(CaseIsNotFinished)
    given(*x.running, x.withdrawn).when(good).then_refused(CaseIsNotFinished)


@rule("R-304")
def test_the_first_rating_is_never_overwritten() -> None:
    given(*x.done, rated).when(bad).then_refused(CaseIsRated)
    given(*x.done, rated).when(good).then_nothing()


def test_there_must_be_a_live_case() -> None:
    given().when(good).then_refused(CaseNotFound)
    given(x.source_case).when(good).then_refused(CaseIsImported)
