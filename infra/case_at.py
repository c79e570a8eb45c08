"""A case with its clocks at an instant, folded from the events that count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.calendar.due import due
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.state import Calendar
from domain.case import events as e
from domain.case.state import Case, Stage, fold
from domain.case.tier import (
    Deadlines,
    DeadlineTier,
    WarningPolicy,
    deadline_tier,
    remaining_in_words,
)
from infra.envelope import Recorded

Axis = Literal["effective", "recorded"]
FINISHED = "已办结"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What limits are counted by; without a policy no tier can be told."""

    calendar: Calendar
    policy: WarningPolicy | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAt:
    """A case at the instant ``at``, with its ``timeline`` in the order of ``axis``.

    ``version`` is that of its stream then. ``tier`` is None once its clock no
    longer runs, or without a warning policy.
    """

    case: Case
    timeline: tuple[Recorded, ...]
    version: int
    at: datetime
    axis: Axis
    deadlines: Deadlines
    tier: DeadlineTier | None
    remaining: str
    rules: Rules


def case_at(
    events: Sequence[Recorded], rules: Rules, at: datetime, axis: Axis
) -> CaseAt | None:
    """Fold what counts; None if nothing has happened yet.

    The opening comes from the first event also where a foreign log dates it after
    a step: without it nobody could say which case the step belongs to.
    """
    counted = [r for r in events if instant_of(r, axis) <= at]
    if not counted:
        return None
    facts = [r.event for r in events if r in counted or r is events[0]]
    timeline = tuple(sorted(counted, key=lambda r: instant_of(r, axis)))
    deadlines = deadlines_of(facts, rules.calendar)
    return case_seen(fold(facts), deadlines, timeline, rules, at=at, axis=axis)


def case_seen(  # noqa: PLR0913  the parts of what it puts together
    case: Case,
    deadlines: Deadlines,
    timeline: tuple[Recorded, ...],
    rules: Rules,
    *,
    at: datetime,
    axis: Axis,
) -> CaseAt:
    """The folded ``case`` with its clocks read at ``at``."""
    runs = _is_running(case)
    left = remaining_in_words(deadlines, at, rules.calendar) if runs else FINISHED
    return CaseAt(
        case=case,
        timeline=timeline,
        version=max(r.originator_version for r in timeline),
        at=at,
        axis=axis,
        deadlines=deadlines,
        tier=_tier(deadlines, at, rules) if runs else None,
        remaining=left,
        rules=rules,
    )


def instant_of(recorded: Recorded, axis: Axis) -> datetime:
    if axis == "effective" or recorded.recorded_at is None:
        return recorded.effective_at
    return recorded.recorded_at


def deadlines_of(events: Iterable[e.CaseEvent], calendar: Calendar) -> Deadlines:
    """The clocks of a case, computed from its events (R-151…R-154)."""
    deadlines = Deadlines()
    for event in events:
        match event:
            case e.CaseAccepted():
                deadlines = _accepted(event, calendar)
            case e.SourceCaseRecorded():
                deadlines = Deadlines(
                    given_deadline_at=event.deadline_at,
                    given_started_at=event.opened_at,
                )
            case _:
                continue
    return deadlines


def _accepted(event: e.CaseAccepted, calendar: Calendar) -> Deadlines:
    unit = LimitUnit(event.limit_unit)
    promised = Limit(event.promised_limit, unit)
    statutory = None
    if event.statutory_limit is not None:
        limit = Limit(event.statutory_limit, unit)
        statutory = due(event.accepted_on, limit, calendar)
    return Deadlines(
        promised_due=due(event.accepted_on, promised, calendar),
        promised_limit=promised,
        statutory_due=statutory,
    )


def sets_deadlines(event: e.CaseEvent) -> bool:
    """Whether ``deadlines_of`` may answer differently once ``event`` is known."""
    return isinstance(event, e.CaseAccepted | e.SourceCaseRecorded)


def _is_running(case: Case) -> bool:
    """An imported case runs until its own end, though steps may come after it."""
    if case.is_imported:
        return case.stage is not Stage.SOURCE_ENDED
    return not case.is_finished


def _tier(deadlines: Deadlines, at: datetime, rules: Rules) -> DeadlineTier | None:
    if rules.policy is None:
        return None
    return deadline_tier(deadlines, at, rules.calendar, rules.policy)
