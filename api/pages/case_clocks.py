"""The clocks of a case on its page: how much is used, and every day of the count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from api.pages.case_words import due_shown
from api.pages.details import word
from api.pages.formats import local_day, local_instant
from api.pages.language import N_, _, in_figures
from api.pages.replay_marks import span_in_words
from api.pages.tiers import SHOWN
from api.pages.wording import UNITS
from domain.calendar.counting import CountedDay, DayWord, days_counted
from domain.calendar.due import Due, is_on_time, local_date
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.rejections import CalendarYearUnknown
from domain.calendar.state import Calendar
from domain.calendar.workdays import ONE_DAY, workdays_between
from domain.case import events as e
from domain.case.tier import Deadlines, deadline_tier
from infra.case_at import CaseAt

LONGEST_SHOWN = 400
DAYS_OF_WEEK = (
    N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"),
)  # fmt: skip
DAY_WORDS = {
    DayWord.WORKDAY: N_("工作日"),
    DayWord.MAKEUP: N_("班"),
    DayWord.WEEKEND: N_("休"),
    DayWord.HOLIDAY: N_("假"),
    DayWord.UNKNOWN: N_("未公布"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """``look`` is the kind of day, or ``start`` for day 0; ``number`` counts."""

    on: date
    look: str
    word: str
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockShown:
    """``used`` of ``limit``, both in the limit's own unit; ``look`` is a tier's."""

    word: str
    due: str
    used: int
    limit: int
    told: str
    state: str
    look: str
    reason: str
    weeks: Sequence[Sequence[DayShown | None]]
    notices: Sequence[str]


def clocks_of(found: CaseAt) -> Iterator[ClockShown]:
    """Promised and statutory, or the one that came with an imported case."""
    deadlines = found.deadlines
    if deadlines.given_deadline_at is not None:
        yield _given(found, deadlines.given_deadline_at)
        return
    accepted = next(
        (r.event for r in found.timeline if isinstance(r.event, e.CaseAccepted)), None
    )
    if accepted is None:
        return
    unit = LimitUnit(accepted.limit_unit)
    for label, due, amount in (
        (_("承诺时限"), deadlines.promised_due, accepted.promised_limit),
        (_("法定时限"), deadlines.statutory_due, accepted.statutory_limit),
    ):
        if due is not None and amount is not None:
            span = _Span(accepted.accepted_on, due, Limit(amount, unit))
            yield _clock(label, span, found)


@dataclass(frozen=True, slots=True)
class _Span:
    start: date
    due: Due
    limit: Limit


def _clock(label: str, span: _Span, found: CaseAt) -> ClockShown:
    calendar, ended = found.rules.calendar, found.case.decided_on
    used = _used(span, ended or local_date(found.at), calendar)
    days = _days(span, calendar)
    told = _("已用 {used} / {limit} {unit}")
    return ClockShown(
        word=label,
        due=due_shown(span.due),
        used=min(used or 0, span.limit.amount),
        limit=span.limit.amount,
        told=told.format(
            used="?" if used is None else used,
            limit=span.limit.amount,
            unit=word(UNITS, span.limit.unit),
        ),
        state=_ended_word(span.due, ended) if ended else "",
        look=_look(span.due, found, ended),
        reason=in_figures(span.due.reason),
        weeks=_weeks(span.start, days),
        notices=list(_notices(days)),
    )


def _look(due: Due, found: CaseAt, ended: date | None) -> str:
    """Of a running clock by the one function, as if it were alone."""
    if ended is not None and due.on is not None:
        return "green" if is_on_time(ended, due.on) else "red"
    policy = found.rules.policy
    if policy is None or found.case.is_finished:
        return "pending"
    deadlines = found.deadlines
    is_promised = due is deadlines.promised_due
    alone = Deadlines(
        promised_due=due,
        promised_limit=deadlines.promised_limit if is_promised else None,
    )
    return SHOWN[deadline_tier(alone, found.at, found.rules.calendar, policy)].look


def _ended_word(due: Due, ended: date) -> str:
    if due.on is None:
        return _("已办结")
    return _("按期办结") if is_on_time(ended, due.on) else _("超期办结")


def _used(span: _Span, until: date, calendar: Calendar) -> int | None:
    """Days gone by in the limit's own unit; None beyond what the calendar knows."""
    if span.limit.unit is LimitUnit.NATURAL_DAYS:
        return max(0, (until - span.start).days)
    try:
        return workdays_between(calendar, span.start, until)
    except CalendarYearUnknown:
        return None


def _days(span: _Span, calendar: Calendar) -> tuple[CountedDay, ...]:
    if span.due.on is None or (span.due.on - span.start).days > LONGEST_SHOWN:
        return ()
    return days_counted(span.start, span.due.on, span.limit, calendar)


def _weeks(start: date, days: Sequence[CountedDay]) -> list[list[DayShown | None]]:
    """Rows from Monday to Sunday; None before the beginning and after the end."""
    if not days:
        return []
    beginning = DayShown(on=start, look="start", word=_("起"), number=None)
    cells: list[DayShown | None] = [None] * start.weekday()
    cells += [beginning, *map(_day, days)]
    cells += [None] * (-len(cells) % 7)
    return [cells[i : i + 7] for i in range(0, len(cells), 7)]


def _day(day: CountedDay) -> DayShown:
    return DayShown(
        on=day.on, look=day.word, word=_(DAY_WORDS[day.word]), number=day.number
    )


def _notices(days: Sequence[CountedDay]) -> Iterator[str]:
    """Which days do not count, or do against the week, and by which notice."""
    declared = list(enumerate(day for day in days if day.notice is not None))
    # Following days differ from their place in the list by one and the same date.
    runs = groupby(declared, key=lambda p: (p[1].notice, p[1].word, _run(*p)))
    for (notice, kind, _first), run in runs:
        alike = [day.on for _place, day in run]
        span = "—".join(local_day(day) for day in dict.fromkeys((alike[0], alike[-1])))
        off, worked = (
            _("{span} 放假，不计（{notice}）"),
            _("{span} 上班，计入（{notice}）"),
        )
        told = off if kind is DayWord.HOLIDAY else worked
        yield told.format(span=span, notice=notice)


def _run(place: int, day: CountedDay) -> date:
    return day.on - place * ONE_DAY


def _given(found: CaseAt, deadline: datetime) -> ClockShown:
    """By 24 hours: no calendar is assumed for a foreign log."""
    started = found.deadlines.given_started_at
    ends = [r.event for r in found.timeline if isinstance(r.event, e.SourceCaseEnded)]
    until = ends[-1].ended_at if ends else found.at
    limit = max(1, round((deadline - started) / timedelta(hours=1))) if started else 1
    used = round((until - started) / timedelta(hours=1)) if started else 0
    is_late = until > deadline
    over, rest = _("超出 {span}"), _("剩余 {span}")
    return ClockShown(
        word=_("源系统期限"),
        due=local_instant(deadline),
        used=min(max(0, used), limit),
        limit=limit,
        told=(over if is_late else rest).format(
            span=span_in_words(abs(deadline - until))
        ),
        state=(_("超期办结") if is_late else _("按期办结")) if ends else "",
        look="red" if is_late else "green",
        reason=_("按源日志，不重新计算"),
        weeks=[],
        notices=[],
    )
