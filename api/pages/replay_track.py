"""The line of time above a replay: tiers as bands, steps as dots, limits as flags.

Places are per cent of the width, for an SVG that stretches with its page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from api.pages.case_words import tier_shown
from api.pages.formats import local_day
from api.pages.language import _
from api.pages.tiers import TierShown
from domain.calendar.due import SHANGHAI
from infra.case_at import CaseAt, instant_of
from infra.replay_steps import Replayed

SAMPLES = 96
WIDE_ENOUGH = 9.0
A_LETTER = 0.6
MOST_TICK_WORDS = 30
FIRST_HALF = 50.0
FAR_OFF = 2.5
SHORTEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Band:
    x: float
    width: float
    look: str
    word: str

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def is_wide(self) -> bool:
        return self.width >= max(WIDE_ENOUGH, len(self.word) * A_LETTER)


@dataclass(frozen=True, slots=True)
class Flag:
    """``anchor`` keeps the word inside the picture."""

    x: float
    word: str
    look: str

    @property
    def anchor(self) -> str:
        return "start" if self.x < FIRST_HALF else "end"


@dataclass(frozen=True, slots=True)
class Tick:
    """A step by its number under the slider; ``word`` is empty where it is close."""

    x: float
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """``dots[i]`` is the place of step i + 1."""

    bands: Sequence[Band]
    dots: Sequence[float]
    flags: Sequence[Flag]
    ticks: Sequence[Tick]
    begins: datetime
    ends: datetime


def track_of(replayed: Replayed, now: datetime) -> Track:
    """From the first step to the last, the limit or, while the case runs, ``now``."""
    first = instant_of(replayed.events[0], replayed.axis)
    end = max(_end(replayed, now), first + SHORTEST)
    span = end - first

    def place(instant: datetime) -> float:
        return round(100 * ((instant - first) / span), 2)

    dots = [place(instant_of(each, replayed.axis)) for each in replayed.events]
    flags = [
        Flag(place(at), label, look)
        for at, label, look in _limits(replayed.steps[-1])
        if at <= end
    ]
    return Track(
        bands=_bands(replayed, first, span, now),
        dots=dots,
        flags=flags,
        ticks=list(_ticks(len(dots))),
        begins=first,
        ends=end,
    )


def _ticks(total: int) -> Iterator[Tick]:
    every = -(-total // MOST_TICK_WORDS)
    for number in range(1, total + 1):
        place = 100 * (number - 1) / max(1, total - 1)
        is_told = (number - 1) % every == 0
        yield Tick(round(place, 2), str(number) if is_told else "")


def _end(replayed: Replayed, now: datetime) -> datetime:
    """A limit much farther off than what happened would press it to one point."""
    last = replayed.steps[-1]
    known = instant_of(replayed.events[-1], replayed.axis)
    if last.remaining and not _is_over(last):
        known = max(known, now)
    first = instant_of(replayed.events[0], replayed.axis)
    reach = max(known - first, timedelta(days=30)) * FAR_OFF
    limits = [at for at, *_ in _limits(last) if at - first <= reach]
    return max([known, *limits])


def _is_over(found: CaseAt) -> bool:
    return found.tier is None and found.case.is_finished


def _limits(found: CaseAt) -> Iterator[tuple[datetime, str, str]]:
    deadlines = found.deadlines
    for due, label, look in (
        (deadlines.promised_due, _("承诺到期 {day}"), "promised"),
        (deadlines.statutory_due, _("法定到期 {day}"), "statutory"),
    ):
        if due is not None and due.on is not None:
            yield _end_of(due.on), label.format(day=local_day(due.on)), look
    if deadlines.given_deadline_at is not None:
        day = local_day(deadlines.given_deadline_at.astimezone(SHANGHAI).date())
        label = _("源系统期限 {day}").format(day=day)
        yield deadlines.given_deadline_at, label, "given"


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def _bands(
    replayed: Replayed, first: datetime, span: timedelta, now: datetime
) -> list[Band]:
    """The tier at evenly spread instants, equal neighbours joined."""
    width = 100 / SAMPLES
    shown = [
        _look_at(replayed, first + (i + 0.5) / SAMPLES * span, now)
        for i in range(SAMPLES)
    ]
    bands, x = [], 0.0
    for tier, alike in groupby(shown):
        length = width * len(list(alike))
        bands.append(Band(round(x, 2), round(length, 2), tier.look, tier.word))
        x += length
    return bands


def _look_at(replayed: Replayed, at: datetime, now: datetime) -> TierShown:
    last = replayed.steps[-1]
    if at > now and not _is_over(last):
        return TierShown("future", _("未到"))
    number = max(1, replayed.number_at(at))
    return tier_shown(replayed.seen_at(number, at))
