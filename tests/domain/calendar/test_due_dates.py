"""Due dates: the vectors, and what is said when a date cannot be given."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.due import Due, due, is_on_time, local_date
from domain.calendar.limits import Limit, LimitOutOfRange, LimitUnit
from tests.domain.calendar.national import NATIONAL, natural_days, without, workdays
from tests.rules import rule


def assert_due(start: str, amount: int, expected: str) -> None:
    computed = due(date.fromisoformat(start), workdays(amount), NATIONAL)
    assert (str(computed.on), computed.provisional) == (expected, False)


@rule("R-150", "R-151", "V-01")
def test_v01_twenty_days_over_mid_autumn_and_national_day() -> None:
    assert_due("2026-09-17", 20, "2026-10-21")


@rule("R-150", "V-02")
def test_v02_a_make_up_sunday_counts() -> None:
    assert_due("2026-09-17", 5, "2026-09-23")


@rule("R-150", "V-03")
def test_v03_days_off_do_not_count() -> None:
    assert_due("2026-09-24", 5, "2026-10-09")


@rule("R-152", "V-04")
def test_v04_received_on_a_rest_day_before_a_make_up_sunday() -> None:
    assert_due("2026-09-19", 1, "2026-09-20")


@rule("R-150", "V-05")
def test_v05_over_the_spring_festival() -> None:
    assert_due("2026-02-13", 5, "2026-02-27")


@rule("R-151", "V-06")
def test_v06_the_start_day_is_day_zero_though_it_is_worked() -> None:
    assert_due("2026-02-14", 1, "2026-02-24")


@rule("R-150", "V-07")
def test_v07_over_new_year_to_a_make_up_sunday() -> None:
    assert_due("2025-12-31", 1, "2026-01-04")


@rule("R-152", "V-08")
def test_v08_received_on_a_holiday() -> None:
    assert_due("2026-01-02", 5, "2026-01-08")


@rule("R-151", "V-09")
def test_v09_forty_five_days_of_joint_handling() -> None:
    assert_due("2026-09-17", 45, "2026-11-25")


@rule("R-157", "V-11")
def test_v11_an_extension_lengthens_the_period() -> None:
    assert_due("2026-09-17", 20 + 10, "2026-11-04")


@rule("R-151", "V-12")
def test_v12_dates_before_the_last_week_are_certain() -> None:
    assert_due("2026-11-23", 5, "2026-11-30")
    assert_due("2026-11-23", 20, "2026-12-21")


@rule("R-608", "V-12")
def test_v12_a_date_in_the_last_week_is_provisional() -> None:
    computed = due(date(2026, 11, 23), workdays(28), NATIONAL)
    assert computed == Due(
        on=date(2026, 12, 31),
        provisional=True,
        reason="2027 年放假安排尚未载入，年末到期日为暂定",
        earliest_on=date(2026, 12, 29),
    )


@rule("R-610", "R-611", "V-13")
def test_v13_no_plain_date_comes_out_of_an_unloaded_year() -> None:
    computed = due(date(2026, 11, 23), workdays(29), NATIONAL)
    assert computed.on is None
    assert computed.provisional
    assert computed.reason == "缺 2027 年放假安排，到期日不能确定"
    assert computed.earliest_on == date(2026, 12, 30)


@rule("R-150", "V-14")
def test_v14_before_the_spring_festival_of_2025() -> None:
    assert_due("2025-01-24", 5, "2025-02-07")


@rule("R-150", "V-15")
def test_v15_eight_days_off_in_2025() -> None:
    assert_due("2025-09-26", 5, "2025-10-10")


@rule("R-150", "V-16")
def test_v16_new_years_eve_of_2024_was_worked() -> None:
    assert_due("2024-02-08", 5, "2024-02-21")


@rule("R-608")
def test_a_date_in_the_last_week_is_certain_once_the_next_year_is_loaded() -> None:
    start, limit = date(2025, 12, 22), workdays(5)
    assert due(start, limit, without(2026)).provisional
    assert not due(start, limit, NATIONAL).provisional


@rule("R-154", "V-42")
def test_v42_natural_days_end_on_a_working_day() -> None:
    plain = due(date(2026, 9, 20), natural_days(10), NATIONAL)
    rolled = due(date(2026, 9, 21), natural_days(10), NATIONAL)
    assert (plain.on, rolled.on) == (date(2026, 9, 30), date(2026, 10, 8))
    assert plain.reason == "自 2026-09-20 次日起算 10 日"
    assert rolled.reason.endswith("末日 2026-10-01 为休息日，顺延至 2026-10-08")


@rule("R-154")
def test_natural_days_roll_over_weekends_but_not_over_make_up_days() -> None:
    assert due(date(2026, 8, 5), natural_days(10), NATIONAL).on == date(2026, 8, 17)
    assert due(date(2026, 9, 10), natural_days(10), NATIONAL).on == date(2026, 9, 20)


@rule("R-608", "R-610")
def test_natural_days_do_not_guess_at_the_end_of_the_calendar() -> None:
    last_week = due(date(2026, 12, 16), natural_days(10), NATIONAL)
    assert (last_week.on, last_week.provisional) == (date(2026, 12, 28), True)
    assert last_week.earliest_on == date(2026, 12, 26)
    assert due(date(2026, 12, 22), natural_days(10), NATIONAL).on is None


@rule("R-152")
def test_a_limit_of_no_days_is_the_same_day_and_asks_no_calendar() -> None:
    sunday_of_an_unloaded_year = date(2027, 3, 7)
    computed = due(sunday_of_an_unloaded_year, workdays(0), NATIONAL)
    assert (computed.on, computed.provisional) == (sunday_of_an_unloaded_year, False)
    assert computed.reason == "当日办结"


@rule("R-608", "R-612")
@given(
    start=st.dates(date(2019, 1, 1), date(2026, 12, 31)),
    amount=st.integers(0, 60),
    unit=st.sampled_from(LimitUnit),
)
def test_a_certain_date_is_its_own_earliest_and_no_date_comes_before_it(
    start: date, amount: int, unit: LimitUnit
) -> None:
    computed = due(start, Limit(amount, unit), NATIONAL)
    assert computed.earliest_on is not None
    if not computed.provisional:
        assert computed.on == computed.earliest_on
    elif computed.on is not None:
        assert computed.earliest_on <= computed.on


@rule("R-608")
@given(start=st.dates(date(2025, 9, 1), date(2025, 12, 31)), amount=st.integers(1, 60))
def test_publishing_the_next_year_changes_no_date_called_certain(
    start: date, amount: int
) -> None:
    before = due(start, workdays(amount), without(2026))
    after = due(start, workdays(amount), NATIONAL)
    assert after.on is not None
    assert before.earliest_on is not None
    assert before.provisional or before == after
    assert before.earliest_on <= after.on


@rule("R-153")
def test_the_last_day_is_still_on_time() -> None:
    last = date(2026, 10, 21)
    assert is_on_time(last, last)
    assert not is_on_time(last + timedelta(days=1), last)


@rule("R-614")
def test_the_day_changes_at_midnight_in_shanghai() -> None:
    before = datetime(2026, 10, 21, 15, 59, 59, tzinfo=UTC)
    assert local_date(before) == date(2026, 10, 21)
    assert local_date(before + timedelta(seconds=1)) == date(2026, 10, 22)
    from_new_york = datetime(2026, 10, 21, 20, tzinfo=timezone(timedelta(hours=-4)))
    assert local_date(from_new_york) == date(2026, 10, 22)


@rule("R-614")
@given(st.datetimes(datetime(1992, 1, 2), datetime(2099, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_fixed_offset_is_shanghai_time(instant: datetime) -> None:
    assert local_date(instant) == instant.astimezone(ZoneInfo("Asia/Shanghai")).date()


@rule("R-614")
def test_an_instant_without_a_zone_has_no_date() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2026, 10, 21))  # noqa: DTZ001


def test_a_limit_is_spoken_in_its_own_unit() -> None:
    assert workdays(20).in_words() == "20 个工作日"
    assert natural_days(10).in_words() == "10 日"


@pytest.mark.parametrize("amount", [-1, 10_001])
def test_a_limit_is_a_number_of_days_that_a_calendar_can_hold(amount: int) -> None:
    with pytest.raises(LimitOutOfRange):
        workdays(amount)
