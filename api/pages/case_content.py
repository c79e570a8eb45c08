"""What stands on the page of a case: its state, its clocks, and the way it came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.pages.case_clocks import ClockShown, clocks_of
from api.pages.case_findings import FindingShown, findings_of
from api.pages.case_names import item_of, names_of
from api.pages.case_words import (
    Turn,
    item_shown,
    left_shown,
    tier_shown,
    turn_of,
)
from api.pages.details import detail, heading_of, word
from api.pages.language import _
from api.pages.names import NamesInLog
from api.pages.replay_marks import Mark, lag_in_words, marks_of, span_in_words
from api.pages.replay_who import short_who
from api.pages.tiers import TierShown
from api.pages.wording import LEVELS, OUTCOMES, STAGES
from domain.calendar.due import local_date
from domain.calendar.rejections import CalendarYearUnknown
from domain.calendar.state import Calendar
from domain.calendar.workdays import workdays_between
from domain.case.state import Case
from infra.case_at import CaseAt
from infra.event_log import EventLog

__all__ = ["CasePage", "case_page", "item_shown"]
WORTH_TELLING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Fact:
    word: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who answers for the case, and where he is found."""

    name: str
    post: str
    office: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    """``effective_at`` is claimed, ``recorded_at`` is when the log learnt of it.

    ``gap`` is the time since the step before; ``lag`` is told of live steps, for an
    imported one is always late.
    """

    effective_at: datetime
    recorded_at: datetime
    lag: str
    gap: str
    heading: str
    detail: str
    who: str
    marks: Sequence[Mark]
    is_derived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    item: str
    office_code: str
    tier: TierShown
    left: str
    turn: Turn
    responsible: Responsible
    facts: Sequence[Fact]
    clocks: Sequence[ClockShown]
    findings: Sequence[FindingShown]
    timeline: Sequence[TimelineStep]


def case_page(found: CaseAt, log: EventLog) -> CasePage:
    """``found`` with the names that belong to it."""
    case, names = found.case, names_of(log, [found.case], found.timeline)
    return CasePage(
        item=item_shown(case.item_name, case.case_no),
        office_code=case.office_code,
        tier=tier_shown(found),
        left=left_shown(found),
        turn=turn_of(case, item_of(log, case)),
        responsible=_responsible(case, names),
        facts=list(_facts(case, names)),
        clocks=list(clocks_of(found)),
        findings=findings_of(found.timeline),
        timeline=list(_steps(found, names)),
    )


def _responsible(case: Case, names: NamesInLog) -> Responsible:
    return Responsible(
        name=names.officer(case.responsible),
        post=names.post(case.post) if case.post else "",
        office=names.office(case.office_code),
        phone=names.phone(case.office_code),
    )


def _facts(case: Case, names: NamesInLog) -> Iterator[Fact]:
    yield Fact(_("办件编号"), case.case_no)
    yield Fact(_("当前环节"), _(STAGES[case.stage]), case.last_activity or "")
    yield Fact(_("属地"), names.office(case.office_code), case.office_code)
    yield Fact(_("申请人"), names.applicant(case.applicant))
    if case.document_no:
        yield Fact(_("受理文书"), case.document_no)
    if case.outcome:
        yield Fact(_("办理结果"), word(OUTCOMES, case.outcome))
    if case.rating:
        yield Fact(_("群众评价"), word(LEVELS, case.rating))


def _steps(found: CaseAt, names: NamesInLog) -> Iterator[TimelineStep]:
    calendar = found.rules.calendar
    before: datetime | None = None
    for recorded in found.timeline:
        at = recorded.effective_at
        yield TimelineStep(
            effective_at=at,
            recorded_at=recorded.recorded_at or at,
            lag="" if recorded.meta.provenance else lag_in_words(recorded),
            gap=_gap(before, at, calendar) if before else "",
            heading=heading_of(recorded.event),
            detail=detail(recorded.event, names),
            who=short_who(recorded),
            marks=marks_of(recorded, calendar),
            is_derived="derived" in recorded.meta.flags,
        )
        before = at


def _gap(before: datetime, at: datetime, calendar: Calendar) -> str:
    """Working days where days are between and the calendar knows them."""
    if at - before < WORTH_TELLING:
        return ""
    first, last = local_date(before), local_date(at)
    if first == last:
        return _("相隔 {span}").format(span=span_in_words(at - before))
    try:
        days = workdays_between(calendar, first, last)
    except CalendarYearUnknown:
        return _("相隔 {span}").format(span=span_in_words(at - before))
    return _("相隔 {count} 个工作日").format(count=days)
