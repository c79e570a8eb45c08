"""Detail options: the national list, tied to the level, told with the rating."""

from dataclasses import replace

import pytest

from domain.case import commands as c
from domain.case import events as e
from domain.case.refusals import RatingOptionIsNotOfLevel
from domain.rating.options import OPTIONS
from tests import examples as x
from tests.rules import rule
from tests.scenario import given

bad = c.RateCase(
    case_id=x.CASE,
    level=c.RatingLevel.VERY_DISSATISFIED,
    channel=c.RatingChannel.QR_CODE,
    options=("115", "109", "109"),
    now=x.NOON,
)


@rule("R-307")
def test_options_are_kept_once_and_in_the_order_of_the_list() -> None:
    told = e.CaseRated(
        level="very_dissatisfied", channel="qr_code", options=("109", "115")
    )
    given(*x.done).when(bad).then(told)


@rule("R-307")
@pytest.mark.parametrize("options", [("109", "517"), ("510",), ("其他",)])
def test_an_option_of_another_level_or_of_nobodys_is_refused(
    options: tuple[str, ...],
) -> None:
    given(*x.done).when(replace(bad, options=options)).then_refused(
        RatingOptionIsNotOfLevel
    )


@rule("R-307")
def test_every_level_has_its_own_options_by_code() -> None:
    assert list(OPTIONS) == list(c.RatingLevel)
    for first, (_, options) in zip("54321", OPTIONS.items(), strict=True):
        assert {code[0] for code in options} == {first}
    codes = [code for options in OPTIONS.values() for code in options]
    assert len(codes) == len(set(codes)) == 38
