"""What catches an inspector's eye on a step: origin, hour, and two times that differ.

DESIGN: no rule of the rulebook says which hours an office keeps, nor from which
difference on a claimed time is back-dating. The bounds below are this program's own,
and a mark is no finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from api.pages.language import N_, _
from api.pages.wording import MARKS
from domain.calendar.due import SHANGHAI
from domain.calendar.state import Calendar
from domain.calendar.workdays import DayKind, kind_of_day
from infra.case_at import instant_of
from infra.envelope import Recorded

OPENS, CLOSES = time(8, 0), time(18, 30)
WORTH_TELLING = timedelta(minutes=1)
BACKDATED_FROM = timedelta(hours=24)
REST_DAY, OFF_HOURS = N_("休息日"), N_("非工作时间")
BACKDATED, FOREDATED = N_("倒签"), N_("早于发生记录")


@dataclass(frozen=True, slots=True)
class Mark:
    """``look`` is ``origin`` or ``notice``; ``why`` says what it rests on."""

    word: str
    look: str
    why: str


def marks_of(recorded: Recorded, calendar: Calendar) -> tuple[Mark, ...]:
    """All marks of one step. An imported one is late by its nature."""
    return tuple(_marks(recorded, calendar))


def lag_in_words(recorded: Recorded) -> str:
    """By how much the record is later than the claim; empty below a minute."""
    lag = _lag(recorded)
    if abs(lag) < WORTH_TELLING:
        return ""
    span = span_in_words(abs(lag))
    if lag < timedelta(0):
        return _("提前记录 −{span}").format(span=span)
    late = _("导入补录 +{span}") if _is_imported(recorded) else _("事后补录 +{span}")
    return late.format(span=span)


def span_in_words(span: timedelta) -> str:
    """Days with hours, hours with minutes, or minutes."""
    hours, minutes = span.seconds // 3600, span.seconds % 3600 // 60
    if span.days:
        whole = _("{count} 天").format(count=span.days)
        return f"{whole} {_hours(hours)}" if hours else whole
    if hours:
        return f"{_hours(hours)} {_minutes(minutes)}" if minutes else _hours(hours)
    return _minutes(minutes)


def _marks(recorded: Recorded, calendar: Calendar) -> Iterator[Mark]:
    for flag in recorded.meta.flags:
        if flag in MARKS:
            yield Mark(_(MARKS[flag]), "origin", _origin(recorded))
    at = recorded.effective_at
    kind = kind_of_day(calendar, at.astimezone(SHANGHAI).date())
    if kind is DayKind.REST_DAY:
        yield Mark(_(REST_DAY), "notice", _("发生在日历上的休息日"))
    elif kind is DayKind.WORKDAY and not _is_open(at):
        hours = _("发生在 {opens}—{closes} 之外")
        told = hours.format(opens=f"{OPENS:%H:%M}", closes=f"{CLOSES:%H:%M}")
        yield Mark(_(OFF_HOURS), "notice", told)
    if _is_imported(recorded):
        return
    if _lag(recorded) >= BACKDATED_FROM:
        yield Mark(_(BACKDATED), "notice", lag_in_words(recorded))
    if _lag(recorded) <= -WORTH_TELLING:
        yield Mark(_(FOREDATED), "notice", lag_in_words(recorded))


def _origin(recorded: Recorded) -> str:
    source = recorded.meta.provenance
    return f"{source.log} {source.row}" if source else ""


def _lag(recorded: Recorded) -> timedelta:
    return instant_of(recorded, "recorded") - recorded.effective_at


def _is_open(at: datetime) -> bool:
    return OPENS <= at.astimezone(SHANGHAI).time() < CLOSES


def _is_imported(recorded: Recorded) -> bool:
    return recorded.meta.provenance is not None


def _hours(count: int) -> str:
    return _("{count} 小时").format(count=count)


def _minutes(count: int) -> str:
    return _("{count} 分钟").format(count=count)
