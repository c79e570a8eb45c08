"""The remaining time in words a clerk reads at a glance."""

from datetime import date, timedelta

import pytest

from domain.calendar.due import due
from domain.case.tier import Deadlines, remaining_in_words, remaining_workdays
from tests.domain.calendar.national import NATIONAL, workdays
from tests.domain.deadlines import GIVEN, HOUR, IMPORTED, TWENTY, on, promise
from tests.rules import rule


def words(deadlines: Deadlines, day: str) -> str:
    return remaining_in_words(deadlines, on(day), NATIONAL)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-10-16", "余 3 个工作日"),
        ("2026-10-21", "今日到期"),
        ("2026-10-23", "超 2 个工作日"),
        ("2027-01-05", "已超期"),
        ("2018-06-01", "2026-10-21 到期"),
    ],
)
@rule("R-159", "R-403")
def test_the_remaining_time_is_said_in_working_days(day: str, expected: str) -> None:
    assert words(TWENTY, day) == expected


@rule("R-159", "R-403")
def test_on_the_weekend_after_a_friday_it_is_over_by_less_than_a_day() -> None:
    friday = promise("2026-10-15", workdays(1))
    assert words(friday, "2026-10-17") == "超期不足 1 个工作日"
    assert words(promise("2026-10-17", workdays(0)), "2026-10-16") == (
        "余不足 1 个工作日"
    )


@rule("R-611", "R-612")
def test_words_do_not_claim_more_than_is_known() -> None:
    provisional = promise("2026-11-23", workdays(28))
    assert words(provisional, "2026-12-30") == "余 1 个工作日（暂定）"
    assert words(provisional, "2026-12-31") == "今日到期（暂定）"
    assert words(provisional, "2027-01-04") == "暂定到期日已过"
    assert words(promise("2026-11-23", workdays(29)), "2026-12-30") == "到期日待定"
    assert words(Deadlines(), "2026-12-30") == "无时限"


@rule("R-610")
def test_remaining_working_days_are_none_where_they_are_unknown() -> None:
    unknown = due(date(2026, 11, 23), workdays(29), NATIONAL)
    assert remaining_workdays(unknown, date(2026, 12, 1), NATIONAL) is None


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (-5 * HOUR, "余 5 小时"),
        (-49 * HOUR, "余 2 天 1 小时"),
        (-HOUR / 4, "余 15 分钟"),
        (-HOUR / 100, "余不足 1 分钟"),
        (0 * HOUR, "超期不足 1 分钟"),
        (76 * HOUR, "超 3 天 4 小时"),
        (48 * HOUR, "超 2 天"),
    ],
)
@rule("R-403")
def test_the_time_to_a_given_instant_is_said_in_hours(
    past: timedelta, expected: str
) -> None:
    assert remaining_in_words(IMPORTED, GIVEN + past, NATIONAL) == expected
