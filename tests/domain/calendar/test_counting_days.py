"""A limit counted day by day: which days count, which do not, and by which notice."""

from datetime import date

from domain.calendar.counting import DayWord, days_counted
from domain.calendar.due import due
from domain.calendar.limits import Limit, LimitUnit
from tests import examples as x
from tests.rules import rule

TWENTY = Limit(20, LimitUnit.WORKDAYS)


@rule("R-151")
@rule("R-601")
def test_the_last_number_is_the_limit_on_the_due_date() -> None:
    until = due(x.TODAY, TWENTY, x.calendar).on
    assert until is not None
    days = days_counted(x.TODAY, until, TWENTY, x.calendar)
    assert days[-1].on == until
    assert [d.number for d in days if d.number] == list(range(1, 21))


@rule("R-601")
def test_a_day_off_names_the_notice_that_declares_it() -> None:
    days = days_counted(x.TODAY, date(2026, 10, 12), TWENTY, x.calendar)
    by_day = {d.on: (d.word, d.notice is not None) for d in days}
    assert by_day[date(2026, 9, 19)] == (DayWord.WEEKEND, False)
    assert by_day[date(2026, 9, 20)] == (DayWord.MAKEUP, True)
    assert by_day[date(2026, 9, 21)] == (DayWord.WORKDAY, False)
    assert by_day[date(2026, 10, 1)] == (DayWord.HOLIDAY, True)


@rule("R-152")
def test_natural_days_all_count_but_those_added_at_the_end() -> None:
    limit = Limit(14, LimitUnit.NATURAL_DAYS)
    until = due(x.TODAY, limit, x.calendar).on
    assert until == date(2026, 10, 8)
    days = days_counted(x.TODAY, until, limit, x.calendar)
    assert [d.number for d in days] == [*range(1, 15), *[None] * 7]
