"""Every field of a case in words, and which of them a step has changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from api.pages.case_words import (
    NOTHING,
    due_shown,
    item_shown,
    left_shown,
    tier_shown,
    turn_of,
)
from api.pages.details import word
from api.pages.formats import local_day, local_instant
from api.pages.language import N_, _
from api.pages.names import NamesInLog
from api.pages.wording import LEVELS, OUTCOMES, STAGES
from domain.case.state import Case
from domain.catalogue.state import ItemVersion
from infra.case_at import CaseAt

GROUPS = {
    "handling": N_("办理"),
    "limits": N_("时限"),
    "papers": N_("材料文书"),
    "result": N_("结果"),
    "case": N_("办件"),
}
CHANGED, BY_TIME = "changed", "by-time"
CHANGES = {CHANGED: N_("变更"), BY_TIME: N_("随时间变化")}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShown:
    """``change`` is empty, ``changed`` or ``by-time``; ``old`` is what stood before.

    ``look`` gives the tier its colour and shape, the old one ``old_look``.
    """

    group: str
    key: str
    word: str
    value: str
    old: str = ""
    change: str = ""
    look: str = ""
    old_look: str = ""

    @property
    def group_order(self) -> int:
        return list(GROUPS).index(self.group)

    @property
    def group_word(self) -> str:
        return _(GROUPS[self.group])

    @property
    def change_word(self) -> str:
        return _(CHANGES[self.change]) if self.change else ""


def fields_of(
    found: CaseAt, names: NamesInLog, item: ItemVersion | None
) -> tuple[FieldShown, ...]:
    """All fields of the state; what has no value shows a dash.

    After the end that is the tier too: a stage is none of its words (R-402).
    """
    case = found.case
    rows = (
        *_handling(case, names, item),
        *_limits(found),
        *_papers(case, item),
        *_result(case),
        *_case(case, names),
    )
    look = "" if _is_over(found) else tier_shown(found).look
    return tuple(
        FieldShown(
            group=group,
            key=key,
            word=_(label),
            value=value or NOTHING,
            look=look if key == "tier" else "",
        )
        for group, key, label, value in rows
    )


def compared(
    fields: Sequence[FieldShown],
    before: Sequence[FieldShown],
    last_step: Sequence[FieldShown],
) -> tuple[FieldShown, ...]:
    """``fields`` with what they were.

    ``before`` is the state right before the step, ``last_step`` that of the step
    before: what differs only from the latter has changed by time alone.
    """
    then = {field.key: field for field in before}
    earlier = {field.key: field for field in last_step}

    def marked(field: FieldShown) -> FieldShown:
        for old, change in ((then, CHANGED), (earlier, BY_TIME)):
            was = old[field.key]
            if was.value != field.value:
                look = was.look
                return replace(field, old=was.value, old_look=look, change=change)
        return field

    return tuple(marked(field) for field in fields)


def never_filled(states: Sequence[Sequence[FieldShown]]) -> frozenset[str]:
    """Keys that have no value in any state: an imported case has many such."""
    filled = {f.key for state in states for f in state if f.value != NOTHING}
    return frozenset(f.key for f in states[0] if f.key not in filled)


def _is_over(found: CaseAt) -> bool:
    return tier_shown(found).look == "finished"


Rows = Iterator[tuple[str, str, str, str | None]]


def _handling(case: Case, names: NamesInLog, item: ItemVersion | None) -> Rows:
    turn = turn_of(case, item)
    why = _("{word}：{why}").format(word=turn.word, why=turn.why)
    yield "handling", "stage", N_("环节"), _(STAGES[case.stage])
    yield "handling", "turn", N_("轮到谁"), why if turn.why else turn.word
    yield "handling", "activity", N_("源系统活动"), case.last_activity
    responsible = names.officer(case.responsible) if case.responsible else None
    yield "handling", "responsible", N_("责任人"), responsible
    yield "handling", "post", N_("岗位"), names.post(case.post) if case.post else None
    yield "handling", "office", N_("属地"), names.office(case.office_code)
    yield "handling", "collected", N_("代收"), _("是") if case.is_collected else None


def _limits(found: CaseAt) -> Rows:
    case, deadlines = found.case, found.deadlines
    given = deadlines.given_deadline_at
    accepted = case.accepted_on
    tier = None if _is_over(found) else tier_shown(found).word
    yield "limits", "tier", N_("预警等级"), tier
    yield "limits", "left", N_("剩余时限"), left_shown(found)
    yield "limits", "given", N_("源系统期限"), local_instant(given) if given else None
    yield (
        "limits",
        "accepted",
        N_("受理日期"),
        local_day(accepted) if accepted else None,
    )
    yield "limits", "promised", N_("承诺到期日"), due_shown(deadlines.promised_due)
    yield "limits", "statutory", N_("法定到期日"), due_shown(deadlines.statutory_due)


def _papers(case: Case, item: ItemVersion | None) -> Rows:
    known = {m.code: m.name for m in item.materials} if item else {}
    materials = [known.get(code, code) for code in sorted(case.materials)]
    told = _("已告知") if case.notified else None
    yield "papers", "notified", N_("一次性告知"), told
    yield "papers", "materials", N_("已收材料"), _("、").join(materials)
    yield "papers", "document", N_("受理文书"), case.document_no


def _result(case: Case) -> Rows:
    outcome, rating, decided = case.outcome, case.rating, case.decided_on
    yield "result", "outcome", N_("结果"), word(OUTCOMES, outcome) if outcome else None
    yield "result", "decided", N_("办结日期"), local_day(decided) if decided else None
    yield "result", "rating", N_("评价"), word(LEVELS, rating) if rating else None


def _case(case: Case, names: NamesInLog) -> Rows:
    item = item_shown(case.item_name, case.case_no)
    version = _("第 {number} 版").format(number=case.item_version)
    applicant = names.applicant(case.applicant) if case.applicant else None
    yield "case", "number", N_("办件编号"), case.case_no
    yield "case", "item", N_("事项"), item
    yield "case", "version", N_("事项版本"), version if case.item_version else None
    yield "case", "applicant", N_("申请人"), applicant
