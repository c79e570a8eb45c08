"""How near a case is to its limit: a computed view of its dates, never stored.

A tier is not a card: a card is an event, and no red one rests on a date that a
coming notice may change (R-408, R-612).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar.due import Due, local_date
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.rejections import CalendarYearUnknown
from domain.calendar.state import Calendar
from domain.calendar.workdays import ONE_DAY, could_be_workday, workdays_between

_NOW = timedelta(0)


class DeadlineTier(StrEnum):
    """``RED`` is past the promise, ``ILLEGAL`` past the statute (R-158, R-403).

    ``PROVISIONAL`` and ``UNKNOWN`` stand where red would, were the date certain:
    a provisional last day has gone by, or a day nobody knows may have been the
    last one.
    """

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    ILLEGAL = "illegal"
    UNKNOWN = "unknown"
    PROVISIONAL = "provisional"
    NONE = "no_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningPolicy:
    """When yellow begins: versioned policy data (R-403)."""

    version: int
    yellow_percent: int
    yellow_min_workdays: int


# Red needs no policy. Without one nothing is yellow before its last day: how many
# days before, nobody has decided.
NO_POLICY = WarningPolicy(version=0, yellow_percent=0, yellow_min_workdays=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The two clocks of a case, or the instant an imported case came with.

    A given deadline is taken as it is, never recomputed, and stands alone;
    ``given_started_at`` is the beginning of its span, where the log tells it.
    """

    promised_due: Due | None = None
    statutory_due: Due | None = None
    promised_limit: Limit | None = None
    given_deadline_at: datetime | None = None
    given_started_at: datetime | None = None


def deadline_tier(
    deadlines: Deadlines, at: datetime, calendar: Calendar, policy: WarningPolicy
) -> DeadlineTier:
    """Give the tier of an open, running case at the instant ``at`` (R-403, R-612)."""
    if deadlines.given_deadline_at is not None:
        return _given_tier(deadlines, deadlines.given_deadline_at, at, policy)
    today = local_date(at)
    if _is_surely_past(deadlines.statutory_due, today):
        return DeadlineTier.ILLEGAL
    if _is_surely_past(deadlines.promised_due, today):
        return DeadlineTier.RED
    first = deadlines.promised_due or deadlines.statutory_due
    if first is None:
        return DeadlineTier.NONE
    last = first.on or first.earliest_on
    if last is None or today > last:
        return DeadlineTier.PROVISIONAL if first.on else DeadlineTier.UNKNOWN
    begins = yellow_from(first, deadlines.promised_limit, calendar, policy)
    is_yellow = begins is not None and today >= begins
    return DeadlineTier.YELLOW if is_yellow else DeadlineTier.GREEN


def yellow_from(
    due: Due, limit: Limit | None, calendar: Calendar, policy: WarningPolicy
) -> date | None:
    """Give the first day of yellow (R-403), None if nothing is known of the date.

    Yellow: at most ``yellow_min_workdays`` working days or ``yellow_percent`` of
    the limit, in its own unit and rounded up, remain. It may rest on a provisional
    date, and then on the earliest possible one (R-612).
    """
    last = due.earliest_on or due.on
    if last is None:
        return None
    workdays = policy.yellow_min_workdays
    if limit is None:
        return _workdays_before(calendar, last, workdays)
    share = -(-limit.amount * policy.yellow_percent // 100)
    if limit.unit is LimitUnit.NATURAL_DAYS:
        by_minimum = _workdays_before(calendar, last, workdays)
        return min(last - share * ONE_DAY, by_minimum)
    return _workdays_before(calendar, last, max(workdays, share))


def remaining_workdays(due: Due, today: date, calendar: Calendar) -> int | None:
    """Count the working days in (today, due]; negative when overdue.

    None when the due date, or a day between, is unknown (R-610).
    """
    if due.on is None:
        return None
    try:
        if today > due.on:
            return -workdays_between(calendar, due.on, today)
        return workdays_between(calendar, today, due.on)
    except CalendarYearUnknown:
        return None


def remaining_in_words(deadlines: Deadlines, at: datetime, calendar: Calendar) -> str:
    """Say in Chinese how much time remains at ``at``, or by how much it is over."""
    if deadlines.given_deadline_at is not None:
        return _span_in_words(deadlines.given_deadline_at - at)
    due = deadlines.promised_due or deadlines.statutory_due
    if due is None:
        return "无时限"
    if due.on is None:
        return "到期日待定"
    today = local_date(at)
    left = remaining_workdays(due, today, calendar)
    if today > due.on:
        return "暂定到期日已过" if due.provisional else _overrun_in_words(left)
    words = "今日到期" if today == due.on else _rest_in_words(left, due.on)
    return f"{words}（暂定）" if due.provisional else words


def _given_tier(
    deadlines: Deadlines, deadline: datetime, at: datetime, policy: WarningPolicy
) -> DeadlineTier:
    """Reached is overdue. Days here are 24 hours: no calendar is assumed."""
    left = deadline - at
    if left <= _NOW:
        return DeadlineTier.RED
    margin = timedelta(days=policy.yellow_min_workdays)
    if deadlines.given_started_at is not None:
        span = deadline - deadlines.given_started_at
        margin = max(margin, span * policy.yellow_percent // 100)
    return DeadlineTier.YELLOW if left <= margin else DeadlineTier.GREEN


def _is_surely_past(due: Due | None, today: date) -> bool:
    if due is None or due.on is None or due.provisional:
        return False
    return today > due.on


def _workdays_before(calendar: Calendar, last: date, amount: int) -> date:
    """Give the first day from which at most ``amount`` working days lead to last."""
    day, left = last, amount
    while left > 0 or not could_be_workday(calendar, day):
        left -= could_be_workday(calendar, day)
        day -= ONE_DAY
    return day


def _rest_in_words(left: int | None, on: date) -> str:
    if left is None:
        return f"{on} 到期"
    return f"余 {left} 个工作日" if left else "余不足 1 个工作日"


def _overrun_in_words(left: int | None) -> str:
    if left is None:
        return "已超期"
    return f"超 {-left} 个工作日" if left else "超期不足 1 个工作日"


def _span_in_words(left: timedelta) -> str:
    sign, span = ("余", left) if left > _NOW else ("超", -left)
    hours, minutes = span.seconds // 3600, span.seconds % 3600 // 60
    if span.days:
        return f"{sign} {span.days} 天" + (f" {hours} 小时" if hours else "")
    if hours:
        return f"{sign} {hours} 小时"
    if minutes:
        return f"{sign} {minutes} 分钟"
    return "余不足 1 分钟" if left > _NOW else "超期不足 1 分钟"
