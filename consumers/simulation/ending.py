"""How an accepted case ends: decided in time or late, delivered, rated, or never."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from consumers.simulation.acts import Acts
from consumers.simulation.demand import Visit
from consumers.simulation.working_time import DAY, HOUR, MINUTE
from domain.case import commands as c
from domain.rating.options import OPTIONS

if TYPE_CHECKING:
    from consumers.simulation.life import World

Document = Callable[[str], dict[str, str]]
POSITIVE = (
    c.RatingLevel.VERY_SATISFIED,
    c.RatingLevel.SATISFIED,
    c.RatingLevel.BASICALLY_SATISFIED,
)
NEGATIVE = (c.RatingLevel.DISSATISFIED, c.RatingLevel.VERY_DISSATISFIED)
DEVICES = (c.RatingChannel.HALL_TABLET, c.RatingChannel.QR_CODE, c.RatingChannel.MOBILE)
LEAVES = 20 * MINUTE
"""Longest that somebody waits at the window for what is done on the spot."""

SAYS_WHY = 0.4
MODES = tuple(c.DeliveryMode)
REASONS = {level: tuple(options) for level, options in OPTIONS.items()}


def end(world: "World", visit: Visit, acts: Acts, document: Document) -> None:
    """From acceptance on; the acts stop where the case does."""
    is_late = world.happens("handling", "late") and visit.item.promised > 0
    if world.happens("handling", "never_finished") and visit.item.promised:
        return
    decided_at = _decided_at(world, visit.item.promised, acts, is_late=is_late)
    if world.happens("handling", "withdrawn_after") and visit.item.promised:
        acts.until(acts.at + int((decided_at - acts.at) * world.rng.random()))
        acts.cover(world.word("handover"))
        acts.step(c.WithdrawCase, reason=world.word("withdrawal"))
        return
    acts.until(decided_at)
    acts.cover(world.word("handover"))
    _decide(world, acts, document)
    if world.happens("handling", "delivered"):
        _deliver(world, visit, acts)
        _rate(world, acts, is_late=is_late)


def _decided_at(world: "World", promised: int, acts: Acts, *, is_late: bool) -> int:
    """The working second; the promised limit ends with its last day (R-153)."""
    rng, today = world.rng, acts.day
    if promised == 0:
        left = (today + 1) * DAY - acts.at - 2
        return acts.at + int(rng.random() * min(left, LEAVES))
    if is_late:
        days: list[int] = world.ways["handling"]["late_by_days"]
        day = today + promised + rng.choice(days)
    elif world.happens("handling", "near_the_end"):
        day = today + promised - rng.randrange(2)
    else:
        day = today + int(rng.triangular(0.2, promised, promised * 0.5))
    return max(day * DAY + int(rng.random() * (DAY - 2)), acts.at + 1)


def _decide(world: "World", acts: Acts, document: Document) -> None:
    if world.happens("handling", "refused"):
        acts.step(
            c.DecideCase,
            outcome=c.Outcome.REFUSED,
            reasons=world.word("refused"),
            remedies=world.ways["words"]["remedies"],
            **document("不准"),
        )
        return
    acts.step(
        c.DecideCase,
        outcome=c.Outcome.GRANTED,
        reasons=None,
        remedies=None,
        **document("准"),
    )


def _deliver(world: "World", visit: Visit, acts: Acts) -> None:
    rng = world.rng
    if visit.item.promised == 0:
        acts.wait(rng.uniform(1, 6) * MINUTE)
        mode = c.DeliveryMode.COUNTER
    else:
        acts.wait(rng.triangular(0.2, 20, 3) * HOUR)
        mode = rng.choice(MODES)
    acts.wait_for_responsible()
    acts.step(c.DeliverResult, mode=mode)


def _rate(world: "World", acts: Acts, *, is_late: bool) -> None:
    """Of their own will; the ratio counts what was offered and what was given."""
    rng = world.rng
    if not world.happens("rating", "voluntary"):
        return
    if world.happens("rating", "negative_if_late" if is_late else "negative"):
        level = rng.choice(NEGATIVE)
    else:
        (level,) = rng.choices(POSITIVE, world.ways["rating"]["levels"])
    options = (rng.choice(REASONS[level]),) if rng.random() < SAYS_WHY else ()
    acts.wait(rng.uniform(1, 240) * MINUTE)
    acts.rate(level=level, channel=rng.choice(DEVICES), options=options)
