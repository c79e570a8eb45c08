"""Which days are worked, day by day and in numbers."""

from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.rejections import CalendarYearUnknown
from domain.calendar.state import CalendarYear
from domain.calendar.workdays import (
    DayKind,
    add_workdays,
    could_be_workday,
    is_settled,
    is_workday,
    kind_of_day,
    workdays_between,
)
from tests.domain.calendar.national import NATIONAL, days_of, without
from tests.rules import rule

loaded_days = st.dates(date(2019, 1, 1), date(2026, 12, 31))
early_days = st.dates(date(2019, 1, 1), date(2026, 6, 30))


@rule("R-602", "R-605")
def test_every_day_of_2019_to_2026_equals_the_oracle() -> None:
    wrong = [
        day
        for day in days_of(2019, 2026)
        if is_workday(NATIONAL, day) != chinese_calendar.is_workday(day)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("year", "count"),
    [
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ],
)
@rule("R-602")
def test_a_year_has_its_number_of_working_days(year: int, count: int) -> None:
    assert sum(is_workday(NATIONAL, day) for day in days_of(year, year)) == count


@rule("R-601", "V-17")
def test_the_revised_days_of_2019_and_the_extension_of_2020_are_in() -> None:
    assert is_workday(NATIONAL, date(2019, 4, 28))
    off = [(2019, 5, 2), (2019, 5, 3), (2020, 1, 31), (2020, 2, 1)]
    assert not any(is_workday(NATIONAL, date(*day)) for day in off)


@rule("R-608", "V-18")
def test_the_notice_of_2019_decides_the_end_of_2018() -> None:
    assert kind_of_day(NATIONAL, date(2018, 12, 29)) is DayKind.WORKDAY
    assert kind_of_day(NATIONAL, date(2018, 12, 31)) is DayKind.REST_DAY


@rule("R-610", "V-18")
def test_the_rest_of_2018_is_unknown() -> None:
    for day in (date(2018, 12, 28), date(2018, 10, 1), date(2018, 6, 2)):
        assert kind_of_day(NATIONAL, day) is DayKind.UNKNOWN


@rule("R-608")
def test_the_later_notice_wins_over_the_days_own_year() -> None:
    day = frozenset({date(2018, 12, 29)})
    own = CalendarYear(notice="-", source="-", off=day, makeup=frozenset())
    both = replace(NATIONAL, years={**NATIONAL.years, 2018: own})
    assert not is_workday(replace(both, years={2018: own}), date(2018, 12, 29))
    assert is_workday(both, date(2018, 12, 29))
    assert not is_workday(both, date(2018, 12, 31))
    assert is_workday(both, date(2018, 12, 28))


@rule("R-604", "R-610")
def test_an_unloaded_year_is_unknown_even_on_its_weekends() -> None:
    for day in (date(2027, 1, 1), date(2027, 1, 2), date(2027, 3, 3)):
        assert kind_of_day(NATIONAL, day) is DayKind.UNKNOWN
        with pytest.raises(CalendarYearUnknown) as no:
            is_workday(NATIONAL, day)
        assert no.value.facts == {"year": 2027}


@rule("R-610")
def test_counting_into_an_unloaded_year_is_refused() -> None:
    with pytest.raises(CalendarYearUnknown):
        add_workdays(NATIONAL, date(2026, 12, 30), 2)
    with pytest.raises(CalendarYearUnknown):
        workdays_between(NATIONAL, date(2026, 12, 30), date(2027, 1, 5))
    with pytest.raises(CalendarYearUnknown):
        workdays_between(without(2022), date(2021, 12, 30), date(2023, 1, 5))


@rule("R-608")
def test_the_last_week_of_a_year_waits_for_the_next_notice() -> None:
    assert is_settled(NATIONAL, date(2026, 12, 24))
    assert not is_settled(NATIONAL, date(2026, 12, 25))
    assert is_settled(NATIONAL, date(2025, 12, 25))
    assert not is_settled(NATIONAL, date(2027, 6, 1))


@rule("R-612")
def test_a_day_that_is_not_settled_could_be_worked() -> None:
    assert could_be_workday(NATIONAL, date(2026, 12, 26))
    assert could_be_workday(NATIONAL, date(2027, 1, 1))
    assert not could_be_workday(NATIONAL, date(2026, 12, 19))


@rule("R-159")
def test_the_same_day_counts_none_and_backwards_counts_none() -> None:
    day = date(2026, 9, 17)
    assert workdays_between(NATIONAL, day, day) == 0
    assert workdays_between(NATIONAL, day, day - timedelta(days=9)) == 0
    assert workdays_between(NATIONAL, day, date(2026, 9, 20)) == 2


@rule("R-151", "R-159")
@given(start=early_days, amount=st.integers(0, 90))
def test_counting_back_what_was_added_gives_the_amount(
    start: date, amount: int
) -> None:
    end = add_workdays(NATIONAL, start, amount)
    assert workdays_between(NATIONAL, start, end) == amount
    assert amount == 0 or is_workday(NATIONAL, end)


@rule("R-151")
@given(start=early_days, later=early_days, amount=st.integers(0, 90))
def test_a_later_start_never_gives_an_earlier_end(
    start: date, later: date, amount: int
) -> None:
    start, later = sorted((start, later))
    assert add_workdays(NATIONAL, start, amount) <= add_workdays(
        NATIONAL, later, amount
    )


@rule("R-151")
@given(start=early_days, amount=st.integers(0, 90))
def test_one_more_working_day_ends_later(start: date, amount: int) -> None:
    end = add_workdays(NATIONAL, start, amount)
    assert end < add_workdays(NATIONAL, start, amount + 1)


@rule("R-159")
@given(days=st.tuples(loaded_days, loaded_days, loaded_days))
def test_durations_add_up(days: tuple[date, date, date]) -> None:
    first, middle, last = sorted(days)
    assert workdays_between(NATIONAL, first, last) == (
        workdays_between(NATIONAL, first, middle)
        + workdays_between(NATIONAL, middle, last)
    )
