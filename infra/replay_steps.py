"""A case step by step: one read of the log, then the state after each event."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendar import state as calendar_state
from domain.case.state import evolve, fold
from domain.case.tier import Deadlines
from domain.supervision import state as supervision_state
from domain.unknown import UnknownEvent
from infra.case_at import (
    Axis,
    CaseAt,
    Rules,
    case_seen,
    deadlines_of,
    instant_of,
    sets_deadlines,
)
from infra.envelope import Recorded
from infra.event_log import EventLog
from infra.replay import CALENDAR
from infra.subjects import streams


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """``steps[i]`` is the case right after ``events[i]``, both in the axis' order.

    ``stream`` is the same events as they lie in the log. ``rules`` are those that
    were known at the end.
    """

    axis: Axis
    events: tuple[Recorded, ...]
    steps: tuple[CaseAt, ...]
    stream: tuple[Recorded, ...]
    history: "RulesHistory"

    def seen_at(self, number: int, at: datetime) -> CaseAt:
        """The case after its event ``number`` (from 1), its clocks read at ``at``."""
        step = self.steps[number - 1]
        rules = self.history.known(at if self.axis == "recorded" else None)
        deadlines = step.deadlines
        if rules is not step.rules:
            counted = _in_stream_order(step.timeline, self.stream[0])
            deadlines = deadlines_of(counted, rules.calendar)
        return case_seen(
            step.case, deadlines, step.timeline, rules, at=at, axis=self.axis
        )

    def number_at(self, at: datetime) -> int:
        """How many events had happened, or were known, by ``at``."""
        return bisect_right([instant_of(r, self.axis) for r in self.events], at)


class RulesHistory:
    """Calendar and policy as the log knew them at any instant, folded once each."""

    def __init__(
        self, calendar: Sequence[Recorded], policy: Sequence[Recorded]
    ) -> None:
        self._calendar, self._policy = calendar, policy
        self._folded: dict[tuple[int, int], Rules] = {}

    def known(self, until: datetime | None) -> Rules:
        """What was recorded by ``until``; everything for None."""
        calendar, policy = _by(self._calendar, until), _by(self._policy, until)
        key = (len(calendar), len(policy))
        if key not in self._folded:
            self._folded[key] = Rules(
                calendar=calendar_state.fold(calendar),
                policy=supervision_state.fold(policy),
            )
        return self._folded[key]


def replayed(log: EventLog, case_id: UUID, axis: Axis = "effective") -> Replayed | None:
    """All steps of a case; None if there is no such case."""
    read = log.streams([case_id, CALENDAR, streams.WARNING_POLICY])
    stream = read[case_id]
    if not stream:
        return None
    history = RulesHistory(read[CALENDAR], read[streams.WARNING_POLICY])
    events = tuple(sorted(stream, key=lambda r: instant_of(r, axis)))
    return Replayed(
        axis=axis,
        events=events,
        steps=tuple(_steps(events, stream[0], history, axis)),
        stream=tuple(stream),
        history=history,
    )


def _steps(
    events: tuple[Recorded, ...], first: Recorded, history: RulesHistory, axis: Axis
) -> Iterator[CaseAt]:
    """Fold on where an event follows those before it in the stream, else anew."""
    case, deadlines, rules = fold([first.event]), Deadlines(), None
    last = first.originator_version
    for count, recorded in enumerate(events, start=1):
        at, version = instant_of(recorded, axis), recorded.originator_version
        counted = _in_stream_order(events[:count], first)
        goes_on = version > last and not isinstance(recorded.event, UnknownEvent)
        case = evolve(case, recorded.event) if goes_on else fold(counted)
        known = history.known(at if axis == "recorded" else None)
        if count == 1 or known is not rules or sets_deadlines(recorded.event):
            rules, deadlines = known, deadlines_of(counted, known.calendar)
        last = max(last, version)
        yield case_seen(case, deadlines, events[:count], rules, at=at, axis=axis)


def _in_stream_order(counted: Sequence[Recorded], first: Recorded) -> list[Any]:
    """As ``case_at`` does: the opening is known also where it is dated later."""
    by_version = {r.originator_version: r.event for r in (first, *counted)}
    return [by_version[version] for version in sorted(by_version)]


def _by(recorded: Sequence[Recorded], until: datetime | None) -> list[Any]:
    return [
        r.event for r in recorded if until is None or instant_of(r, "recorded") <= until
    ]
