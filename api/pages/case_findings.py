"""Findings on an imported case that its own events show, whatever its mapping."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.language import N_, _
from domain.case.findings import RULES, FindingCode, Recordable, findings
from infra.envelope import Recorded

WORDS = {
    FindingCode.ENDED_BEFORE_OPENED: N_("结束时间早于开始时间"),
    FindingCode.ENDED_BEFORE_FIRST_STEP: N_("结束时间早于第一个步骤"),
    FindingCode.STEP_BEFORE_OPENING: N_("有步骤早于开始时间"),
    FindingCode.STEP_AFTER_END: N_("办结之后仍有步骤"),
    FindingCode.DECIDED_BEFORE_ACCEPTED: N_("未见受理即作出决定"),
    FindingCode.DELIVERED_BEFORE_DECIDED: N_("未见决定即送达"),
    FindingCode.NOTIFIED_TWICE: N_("一次性告知多于一次"),
    FindingCode.ENDED_AFTER_DEADLINE: N_("超过源系统期限才办结"),
    FindingCode.OFFICER_NOT_RECORDED: N_("有步骤未记录承办人"),
}
# Which steps a log can record at all stands in its mapping, not in the log of ours.
NOTHING_IS_MISSING = Recordable(steps=frozenset(), officers=False)


@dataclass(frozen=True, slots=True)
class FindingShown:
    word: str
    rule: str


def findings_of(timeline: Sequence[Recorded]) -> tuple[FindingShown, ...]:
    """``timeline`` in the order of the log; nothing for a live case."""
    history = [(r.event, r.effective_at) for r in timeline]
    codes = findings(history, NOTHING_IS_MISSING)
    return tuple(FindingShown(_(WORDS[code]), RULES[code]) for code in codes)
