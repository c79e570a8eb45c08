"""What stands on the page of a case: its state, its limits, and the way it came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from api.pages.details import detail
from api.pages.formats import local_day, local_instant
from api.pages.names import NamesInLog
from api.pages.tiers import SHOWN, UNACCEPTED, TierShown, is_unaccepted
from api.pages.wording import LEVELS, MARKS, OF_TYPE, OUTCOMES, ROLES, STAGES
from domain.calendar.due import Due
from domain.case.state import Case
from infra.case_at import CaseAt
from infra.envelope import Recorded
from infra.event_log import EventLog

OFFICE_FIELDS = ("office_code", "from_office", "to_office")


@dataclass(frozen=True, slots=True)
class Fact:
    word: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    """``effective_at`` is claimed, ``recorded_at`` is when the log learnt of it."""

    effective_at: datetime
    recorded_at: datetime
    heading: str
    detail: str
    who: str
    marks: Sequence[str]
    is_derived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    item: str
    tier: str
    tier_word: str
    left: str
    facts: Sequence[Fact]
    timeline: Sequence[TimelineStep]


def item_shown(item_name: str | None, case_no: str) -> str:
    """What a case is about; a foreign log may not tell more than its number."""
    return item_name or f"源系统办件 {case_no}"


def case_page(found: CaseAt, log: EventLog) -> CasePage:
    """``found`` with the names that belong to it."""
    case, names = found.case, _names(found, log)
    shown = _tier(found)
    return CasePage(
        item=item_shown(case.item_name, case.case_no),
        tier=shown.look,
        tier_word=shown.word,
        left=found.remaining,
        facts=[*_who(case, names), *_limits(found), *_results(case)],
        timeline=[_step(recorded, names) for recorded in found.timeline],
    )


def _tier(found: CaseAt) -> TierShown:
    if is_unaccepted(found.tier, is_imported=found.case.is_imported):
        return TierShown("pending", UNACCEPTED)
    if found.tier is not None:
        return SHOWN[found.tier]
    if found.case.is_finished:
        return TierShown("finished", STAGES[found.case.stage])
    return TierShown("pending", "未公布预警规则")


def _who(case: Case, names: NamesInLog) -> Iterator[Fact]:
    yield Fact("办件编号", case.case_no)
    yield Fact("当前环节", STAGES[case.stage], case.last_activity or "")
    yield Fact("责任人", names.officer(case.responsible))
    yield Fact("岗位", names.post(case.post))
    yield Fact("属地", names.office(case.office_code), case.office_code)
    yield Fact("申请人", names.applicant(case.applicant))


def _limits(found: CaseAt) -> Iterator[Fact]:
    given = found.deadlines.given_deadline_at
    if given is not None:
        yield Fact("源系统期限", local_instant(given), "按源日志，不重新计算")
        return
    yield _due("承诺到期日", found.deadlines.promised_due)
    yield _due("法定到期日", found.deadlines.statutory_due)


def _due(word: str, due: Due | None) -> Fact:
    if due is None:
        return Fact(word, "无")
    if due.on is None:
        return Fact(word, "待定", due.reason)
    mark = "（暂定）" if due.provisional else ""
    return Fact(word, f"{local_day(due.on)}{mark}", due.reason)


def _results(case: Case) -> Iterator[Fact]:
    if case.outcome:
        yield Fact("办理结果", OUTCOMES.get(case.outcome, case.outcome))
    if case.rating:
        yield Fact("群众评价", LEVELS.get(case.rating, case.rating))


def _step(recorded: Recorded, names: NamesInLog) -> TimelineStep:
    flags, wording = recorded.meta.flags, OF_TYPE[type(recorded.event)]
    return TimelineStep(
        effective_at=recorded.effective_at,
        recorded_at=recorded.recorded_at or recorded.effective_at,
        heading=wording.heading,
        detail=detail(recorded.event, names),
        who=_by(recorded),
        marks=[MARKS[flag] for flag in flags if flag in MARKS],
        is_derived="derived" in flags,
    )


def _by(recorded: Recorded) -> str:
    meta, source = recorded.meta, recorded.meta.provenance
    if source is not None:
        return f"源日志 {source.log}（{source.row}）"
    return f"{ROLES.get(meta.role, meta.role)} {meta.actor}"


def _names(found: CaseAt, log: EventLog) -> NamesInLog:
    """All ids and codes that the case and its events name, read at once."""
    named = [found.case, *(recorded.event for recorded in found.timeline)]
    values = [getattr(each, field.name) for each in named for field in fields(each)]
    ids = {value for value in values if isinstance(value, UUID)}
    codes = {getattr(each, name, None) for each in named for name in OFFICE_FIELDS}
    return NamesInLog(log, ids - {found.case.case_id}, codes)
