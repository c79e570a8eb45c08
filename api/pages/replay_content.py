"""What the replay shows of every step: the event, the state after it, the change."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.pages.case_names import item_of, names_of
from api.pages.case_words import item_shown, left_shown, tier_shown
from api.pages.details import detail, heading_of
from api.pages.formats import local_instant
from api.pages.language import _
from api.pages.names import NamesInLog
from api.pages.replay_fields import (
    CHANGED,
    FieldShown,
    compared,
    fields_of,
    never_filled,
)
from api.pages.replay_marks import Mark, lag_in_words, marks_of
from api.pages.replay_track import Track, track_of
from api.pages.replay_who import Line, rules_lines, short_who, who_lines
from api.pages.tiers import TierShown
from domain.catalogue.state import ItemVersion
from infra.case_at import Axis, CaseAt, instant_of
from infra.envelope import Recorded
from infra.event_log import EventLog
from infra.replay import step_plain
from infra.replay_steps import Replayed


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentShown:
    """One step. ``effective_at`` is claimed, ``recorded_at`` when the log learnt it.

    ``seen_at`` is later than the step where somebody asked for an instant.
    """

    number: int
    at: datetime
    seen_at: datetime | None
    effective_at: datetime
    recorded_at: datetime
    lag: str
    heading: str
    detail: str
    by: str
    marks: Sequence[Mark]
    tier: TierShown
    left: str
    fields: Sequence[FieldShown]
    who: Sequence[Line]
    rules: Sequence[Line]
    position: int
    version: int
    raw: str
    told: str

    @property
    def changed(self) -> list[str]:
        """What the step itself changed, without what time did."""
        return [field.word for field in self.fields if field.change == CHANGED]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayPage:
    """``current`` is shown first; ``moments`` are all of them, in the axis' order."""

    item: str
    case_no: str
    axis: Axis
    moments: Sequence[MomentShown]
    current: MomentShown
    track: Track


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Step ``number`` comes first, its clocks read at ``at`` where that is told."""

    number: int
    now: datetime
    at: datetime | None


def replay_page(replayed: Replayed, log: EventLog, view: View) -> ReplayPage:
    """All steps of a case, one of them to be shown first."""
    cases = [step.case for step in replayed.steps]
    names, item = names_of(log, cases, replayed.events), item_of(log, cases[0])
    builder = _Builder(replayed, names, item)
    moments = [builder.moment(n) for n in range(1, len(replayed.steps) + 1)]
    current = moments[view.number - 1]
    return ReplayPage(
        item=item_shown(cases[-1].item_name, cases[-1].case_no),
        case_no=cases[-1].case_no,
        axis=replayed.axis,
        moments=moments,
        current=builder.moment(view.number, view.at) if view.at else current,
        track=track_of(replayed, view.now),
    )


class _Builder:
    """The states in words, made once, and what every step is compared with."""

    def __init__(
        self, replayed: Replayed, names: NamesInLog, item: ItemVersion | None
    ) -> None:
        self._replayed, self._names, self._item = replayed, names, item
        self._states = [fields_of(step, names, item) for step in replayed.steps]
        self._absent = never_filled(self._states)

    def moment(self, number: int, at: datetime | None = None) -> MomentShown:
        recorded = self._replayed.events[number - 1]
        found = self._replayed.steps[number - 1]
        if at is not None:
            found = self._replayed.seen_at(number, at)
        heading = heading_of(recorded.event)
        return MomentShown(
            number=number,
            at=instant_of(recorded, self._replayed.axis),
            seen_at=at,
            effective_at=recorded.effective_at,
            recorded_at=instant_of(recorded, "recorded"),
            lag=lag_in_words(recorded),
            heading=heading,
            detail=detail(recorded.event, self._names),
            by=self._by(recorded, found),
            marks=marks_of(recorded, found.rules.calendar),
            tier=tier_shown(found),
            left=left_shown(found),
            fields=self._fields(number, found),
            who=who_lines(recorded, self._names),
            rules=rules_lines(recorded, found),
            position=recorded.position,
            version=recorded.originator_version,
            raw=_raw(recorded),
            told=self._told(number, heading, found.at),
        )

    def _fields(self, number: int, found: CaseAt) -> tuple[FieldShown, ...]:
        fields = fields_of(found, self._names, self._item)
        if number > 1:
            before = self._replayed.seen_at(number - 1, found.at)
            shown = fields_of(before, self._names, self._item)
            fields = compared(fields, shown, self._states[number - 2])
        return tuple(field for field in fields if field.key not in self._absent)

    def _by(self, recorded: Recorded, found: CaseAt) -> str:
        """A foreign log names the officer, a live step the account that took it."""
        if recorded.meta.provenance is None:
            return short_who(recorded)
        return self._names.officer(found.case.responsible)

    def _told(self, number: int, heading: str, at: datetime) -> str:
        return _("第 {number} / {total} 步：{heading} {instant}").format(
            number=number,
            total=len(self._replayed.steps),
            heading=heading,
            instant=local_instant(at)[:-3],
        )


def _raw(recorded: Recorded) -> str:
    """The event as it lies in the log; personal fields stay closed."""
    return json.dumps(step_plain(recorded), ensure_ascii=False, indent=2)
