"""What is odd about an imported case: broken rules, told and never corrected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.case import events as e
from domain.case.source_steps import SourceStep

Dated = tuple[e.CaseEvent, datetime]


class FindingCode(StrEnum):
    """Each with the rule or anomaly it rests on, in ``RULES``."""

    ENDED_BEFORE_OPENED = "ended-before-opened"
    ENDED_BEFORE_FIRST_STEP = "ended-before-first-step"
    STEP_BEFORE_OPENING = "step-before-opening"
    STEP_AFTER_END = "step-after-end"
    DECIDED_BEFORE_ACCEPTED = "decided-before-accepted"
    DELIVERED_BEFORE_DECIDED = "delivered-before-decided"
    NOTIFIED_TWICE = "notified-twice"
    ENDED_AFTER_DEADLINE = "ended-after-deadline"
    OFFICER_NOT_RECORDED = "officer-not-recorded"


RULES = {
    FindingCode.ENDED_BEFORE_OPENED: "A-11",
    FindingCode.ENDED_BEFORE_FIRST_STEP: "A-11",
    FindingCode.STEP_BEFORE_OPENING: "R-201",
    FindingCode.STEP_AFTER_END: "A-14",
    FindingCode.DECIDED_BEFORE_ACCEPTED: "R-130",
    FindingCode.DELIVERED_BEFORE_DECIDED: "R-134",
    FindingCode.NOTIFIED_TWICE: "A-05",
    FindingCode.ENDED_AFTER_DEADLINE: "A-03",
    FindingCode.OFFICER_NOT_RECORDED: "R-201",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestones:
    """The dated facts of one imported case that findings compare."""

    opened_at: datetime | None
    ended_at: datetime | None
    deadline_at: datetime | None
    steps: tuple[tuple[e.SourceStepRecorded, datetime], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recordable:
    """What the log could tell at all: of what it cannot, nothing is missing."""

    steps: frozenset[SourceStep]
    officers: bool


def findings(
    history: Sequence[Dated], recordable: Recordable
) -> tuple[FindingCode, ...]:
    """The findings on one imported case, each once; ``history`` in stream order."""
    case = _milestones(history)
    return tuple(dict.fromkeys((*_on_times(case), *_on_order(case, recordable))))


def _milestones(history: Iterable[Dated]) -> Milestones:
    opened: e.SourceCaseRecorded | None = None
    ended_at: datetime | None = None
    steps = []
    for event, at in history:
        match event:
            case e.SourceCaseRecorded():
                opened = event
            case e.SourceCaseEnded():
                ended_at = event.ended_at
            case e.SourceStepRecorded():
                steps.append((event, at))
            case _:
                continue
    return Milestones(
        opened_at=opened.opened_at if opened else None,
        deadline_at=opened.deadline_at if opened else None,
        ended_at=ended_at,
        steps=tuple(steps),
    )


def _on_times(case: Milestones) -> Iterator[FindingCode]:
    opened, ended = case.opened_at, case.ended_at
    times = [at for _, at in case.steps]
    if opened and times and min(times) < opened:
        yield FindingCode.STEP_BEFORE_OPENING
    if ended is None:
        return
    if opened and ended < opened:
        yield FindingCode.ENDED_BEFORE_OPENED
    if times and ended < min(times):
        yield FindingCode.ENDED_BEFORE_FIRST_STEP
    if times and ended < max(times):
        yield FindingCode.STEP_AFTER_END
    if case.deadline_at and ended > case.deadline_at:
        yield FindingCode.ENDED_AFTER_DEADLINE


def _on_order(case: Milestones, recordable: Recordable) -> Iterator[FindingCode]:
    seen: list[str] = []

    def lacks(step: SourceStep) -> bool:
        return step in recordable.steps and step not in seen

    for event, _ in case.steps:
        if recordable.officers and event.officer is None:
            yield FindingCode.OFFICER_NOT_RECORDED
        if event.step == SourceStep.DECIDED and lacks(SourceStep.ACCEPTED):
            yield FindingCode.DECIDED_BEFORE_ACCEPTED
        if event.step == SourceStep.DELIVERED and lacks(SourceStep.DECIDED):
            yield FindingCode.DELIVERED_BEFORE_DECIDED
        if event.step == SourceStep.NOTIFIED_ONCE and event.step in seen:
            yield FindingCode.NOTIFIED_TWICE
        seen.append(event.step or "")
