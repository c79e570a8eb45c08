"""Green, yellow, red and illegal; and what is shown when red would be a guess."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.due import Due, due
from domain.calendar.limits import Limit
from domain.case.tier import (
    Deadlines,
    DeadlineTier,
    WarningPolicy,
    deadline_tier,
    remaining_workdays,
    yellow_from,
)
from tests.domain.calendar.national import NATIONAL, natural_days, without, workdays
from tests.domain.deadlines import GIVEN, HOUR, IMPORTED, TWENTY, on, promise
from tests.rules import rule

POLICY = WarningPolicy(version=1, yellow_percent=20, yellow_min_workdays=1)
MONTH_LONG = replace(IMPORTED, given_started_at=GIVEN - timedelta(days=30))


def tier(deadlines: Deadlines, day: str, hour: int = 10) -> DeadlineTier:
    return deadline_tier(deadlines, on(day, hour), NATIONAL, POLICY)


@pytest.mark.parametrize(
    ("day", "expected", "left"),
    [
        ("2026-10-14", DeadlineTier.GREEN, 5),
        ("2026-10-15", DeadlineTier.YELLOW, 4),
        ("2026-10-21", DeadlineTier.YELLOW, 0),
        ("2026-10-22", DeadlineTier.RED, -1),
    ],
)
@rule("R-403", "R-153", "V-40")
def test_v40_twenty_days_turn_yellow_then_red(
    day: str, expected: DeadlineTier, left: int
) -> None:
    assert TWENTY.promised_due is not None
    assert tier(TWENTY, day) is expected
    today = date.fromisoformat(day)
    assert remaining_workdays(TWENTY.promised_due, today, NATIONAL) == left


@rule("R-403", "V-41")
def test_v41_one_day_is_yellow_from_the_day_before() -> None:
    one = promise("2026-10-14", workdays(1))
    assert tier(one, "2026-10-14") is DeadlineTier.YELLOW
    assert tier(one, "2026-10-15") is DeadlineTier.YELLOW
    assert tier(one, "2026-10-16") is DeadlineTier.RED


@rule("R-403")
def test_the_share_is_rounded_up_to_whole_days() -> None:
    seven = promise("2026-09-10", workdays(7))
    assert tier(seven, "2026-09-16") is DeadlineTier.GREEN
    assert tier(seven, "2026-09-17") is DeadlineTier.YELLOW


@rule("R-153", "R-614")
def test_the_day_ends_at_midnight_in_shanghai() -> None:
    assert tier(TWENTY, "2026-10-21", hour=23) is DeadlineTier.YELLOW
    assert tier(TWENTY, "2026-10-22", hour=0) is DeadlineTier.RED


@rule("R-158", "R-403")
def test_past_the_statute_is_illegal() -> None:
    both = promise("2026-09-17", workdays(5), workdays(20))
    assert tier(both, "2026-09-23") is DeadlineTier.YELLOW
    assert tier(both, "2026-09-24") is DeadlineTier.RED
    assert tier(both, "2026-10-21") is DeadlineTier.RED
    assert tier(both, "2026-10-22") is DeadlineTier.ILLEGAL


@rule("R-158")
def test_a_statute_without_a_promise_warns_by_the_minimum() -> None:
    bare = Deadlines(statutory_due=due(date(2026, 9, 17), workdays(20), NATIONAL))
    assert tier(bare, "2026-10-19") is DeadlineTier.GREEN
    assert tier(bare, "2026-10-20") is DeadlineTier.YELLOW
    assert tier(bare, "2026-10-22") is DeadlineTier.ILLEGAL


@rule("R-403")
def test_the_thresholds_are_the_policys() -> None:
    early = WarningPolicy(version=2, yellow_percent=50, yellow_min_workdays=3)
    when = on("2026-10-14")
    assert deadline_tier(TWENTY, when, NATIONAL, early) is DeadlineTier.YELLOW
    none = WarningPolicy(version=3, yellow_percent=0, yellow_min_workdays=0)
    assert TWENTY.promised_due is not None
    last_day = yellow_from(TWENTY.promised_due, workdays(20), NATIONAL, none)
    assert last_day == date(2026, 10, 21)


@rule("R-154", "R-403")
def test_natural_days_warn_in_natural_days_and_a_working_day_before() -> None:
    thirty = promise("2026-08-03", natural_days(30))
    assert tier(thirty, "2026-08-26") is DeadlineTier.GREEN
    assert tier(thirty, "2026-08-27") is DeadlineTier.YELLOW
    over_holidays = promise("2026-09-27", natural_days(5))
    assert tier(over_holidays, "2026-09-29") is DeadlineTier.GREEN
    assert tier(over_holidays, "2026-09-30") is DeadlineTier.YELLOW
    assert tier(over_holidays, "2026-10-08") is DeadlineTier.YELLOW


@rule("R-403")
def test_without_a_limit_there_is_no_colour() -> None:
    assert tier(Deadlines(), "2026-10-22") is DeadlineTier.NONE


@rule("R-408", "R-612")
def test_no_red_rests_on_a_provisional_date() -> None:
    provisional = promise("2026-11-23", workdays(28), workdays(28))
    assert tier(provisional, "2026-11-24") is DeadlineTier.GREEN
    assert tier(provisional, "2026-12-31") is DeadlineTier.YELLOW
    assert tier(provisional, "2027-01-04") is DeadlineTier.PROVISIONAL


@rule("R-612")
def test_yellow_uses_the_earliest_possible_date() -> None:
    one_day = WarningPolicy(version=1, yellow_percent=0, yellow_min_workdays=1)
    last_day = due(date(2026, 11, 23), workdays(28), NATIONAL)
    assert (last_day.on, last_day.earliest_on) == (
        date(2026, 12, 31),
        date(2026, 12, 29),
    )
    begins = yellow_from(last_day, workdays(28), NATIONAL, one_day)
    assert begins == date(2026, 12, 28)


@rule("R-408", "R-610", "R-612")
def test_no_red_rests_on_an_unloaded_year() -> None:
    unknown = promise("2026-11-23", workdays(29), workdays(29))
    assert tier(unknown, "2026-11-24") is DeadlineTier.GREEN
    assert tier(unknown, "2026-12-30") is DeadlineTier.YELLOW
    assert tier(unknown, "2027-02-01") is DeadlineTier.UNKNOWN


@rule("R-610")
def test_a_date_of_which_nothing_is_known_has_no_colour() -> None:
    nothing = Due(on=None, provisional=True, reason="")
    assert tier(Deadlines(promised_due=nothing), "2026-12-01") is DeadlineTier.UNKNOWN
    assert yellow_from(nothing, workdays(20), NATIONAL, POLICY) is None


@rule("R-612")
def test_the_published_year_turns_the_provisional_into_a_colour() -> None:
    began, limit = date(2025, 12, 22), workdays(5)
    when = on("2026-01-05")
    before, after = (
        Deadlines(promised_due=due(began, limit, calendar), promised_limit=limit)
        for calendar in (without(2026), NATIONAL)
    )
    provisional = deadline_tier(before, when, without(2026), POLICY)
    assert provisional is DeadlineTier.PROVISIONAL
    assert deadline_tier(after, when, NATIONAL, POLICY) is DeadlineTier.RED


@rule("R-153", "R-403")
def test_a_given_instant_is_red_when_reached() -> None:
    reached = deadline_tier(IMPORTED, GIVEN, NATIONAL, POLICY)
    just_before = deadline_tier(IMPORTED, GIVEN - HOUR / 60, NATIONAL, POLICY)
    assert (reached, just_before) == (DeadlineTier.RED, DeadlineTier.YELLOW)


@rule("R-403")
def test_a_given_instant_warns_a_day_ahead_or_by_share_of_its_span() -> None:
    for deadlines, days in ((IMPORTED, 1), (MONTH_LONG, 6)):
        edge = GIVEN - timedelta(days=days)
        at_edge = deadline_tier(deadlines, edge, NATIONAL, POLICY)
        before = deadline_tier(deadlines, edge - HOUR, NATIONAL, POLICY)
        assert (before, at_edge) == (DeadlineTier.GREEN, DeadlineTier.YELLOW)


@rule("R-403")
def test_a_given_deadline_stands_alone() -> None:
    both = replace(TWENTY, given_deadline_at=on("2026-12-01"))
    assert tier(both, "2026-10-22") is DeadlineTier.GREEN


ORDER = (
    DeadlineTier.GREEN,
    DeadlineTier.YELLOW,
    DeadlineTier.PROVISIONAL,
    DeadlineTier.UNKNOWN,
    DeadlineTier.RED,
    DeadlineTier.ILLEGAL,
)


@rule("R-403", "R-408", "R-612")
@given(
    start=st.dates(date(2026, 6, 1), date(2026, 12, 31)),
    amount=st.integers(0, 40),
    unit=st.sampled_from((workdays, natural_days)),
    days=st.tuples(st.integers(0, 200), st.integers(0, 200)),
)
def test_a_tier_only_ever_rises_and_red_is_always_certain(
    start: date, amount: int, unit: type[Limit], days: tuple[int, int]
) -> None:
    deadlines = promise(str(start), unit(amount), unit(2 * amount))  # type: ignore[call-arg]
    assert deadlines.promised_due is not None
    earlier, later = (
        tier(deadlines, str(start + timedelta(days=after))) for after in sorted(days)
    )
    assert ORDER.index(earlier) <= ORDER.index(later)
    if later in (DeadlineTier.RED, DeadlineTier.ILLEGAL):
        assert not deadlines.promised_due.provisional
