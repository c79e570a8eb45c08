"""Plays steps through the desk, on simulated logs only."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import chain, groupby, islice
from typing import Any
from uuid import UUID

from consumers.simulation.pace import Living, Pace, Steady
from consumers.simulation.steps import CASE_SOURCE, COUNTY_SOURCE, Step
from infra.bulk import LogIsNotSimulated
from infra.context import Request
from infra.county.settling import SAMPLE_SOURCE
from infra.outcome import Outcome, Status
from infra.services import Services

LOOKED_UP = 500
OWN = (CASE_SOURCE, COUNTY_SOURCE, SAMPLE_SOURCE)
TOGETHER = 200


class AnswerIsUnexpected(RuntimeError):
    """The door answered otherwise than the script knows, and nobody interfered."""


@dataclass(slots=True, kw_only=True)
class Played:
    """What came of the steps, by number; ``until`` is the instant of the last one.

    ``skipped``: recorded by an earlier run. ``refused``: as the script means it.
    ``overtaken``: somebody else had worked on the case, so it went another way.
    """

    steps: int = 0
    events: int = 0
    skipped: int = 0
    refused: int = 0
    already_so: int = 0
    overtaken: int = 0
    until: datetime | None = None


def play(  # noqa: PLR0913  each is one way to play
    services: Services,
    steps: Iterable[Step],
    *,
    speed: float | None = None,
    per_second: float | None = None,
    stop: threading.Event | None = None,
    watcher: Callable[[Played], None] | None = None,
) -> Played:
    """Give the steps to the desk, those of one instant together, and count them.

    ``speed``: the log's clock runs so many seconds a second, and each step comes
    at its time. ``per_second``: so many events in a real second, whatever the time
    of the steps. Neither: as fast as can be. In the last two each event is recorded
    as of its step's very instant. What an earlier run has recorded is skipped.
    Ends soon after ``stop`` is set; ``watcher`` is told after each instant.
    Raises ``LogIsNotSimulated``, ``LogIsAhead`` and ``AnswerIsUnexpected``.
    """
    if not services.simulated:
        raise LogIsNotSimulated
    stop = stop or threading.Event()
    pace: Pace = Steady(services, stop, per_second)
    if speed is not None:
        pace = Living(services, stop, speed)
    played = Played()
    new = undone(services, steps, played)
    stopped = _play(services, new, pace, played, watcher or (lambda _: None))
    if played.until is not None:
        pace.end(stopped=stopped)
    return played


def _play(
    services: Services,
    steps: Iterator[Step],
    pace: Pace,
    played: Played,
    watcher: Callable[[Played], None],
) -> bool:
    """Whether it was stopped before the end."""
    for batch in _batches(steps):
        at = batch[0].at
        if played.until is None:
            pace.begin(at)
            played.until = at
        if not pace.reach(at, played.events):
            return True
        outcomes = services.desk.execute_all([step.request for step in batch])
        for step, outcome in zip(batch, outcomes, strict=True):
            _count(services, step, outcome, played)
        played.until = at
        watcher(played)
    return False


def undone(services: Services, steps: Iterable[Step], played: Played) -> Iterator[Step]:
    """The steps that no earlier run has recorded; the others come first."""
    rest = iter(steps)
    while batch := list(islice(rest, LOOKED_UP)):
        names = [(s.request.context.actor, s.request.context.key) for s in batch]
        stored = services.log.log_recorder.stored_outcomes(names)
        new = [s for s, name in zip(batch, names, strict=True) if name not in stored]
        played.skipped += len(batch) - len(new)
        if new:
            yield from chain(new, rest)


def _batches(steps: Iterator[Step]) -> Iterator[list[Step]]:
    """Steps of one instant together, so that all are recorded as of it."""
    for _, same in groupby(steps, key=lambda step: step.at):
        while batch := list(islice(same, TOGETHER)):
            yield batch


def _count(services: Services, step: Step, outcome: Outcome, played: Played) -> None:
    played.steps += 1
    played.events += 0 if outcome.is_repeated else len(outcome.positions)
    code = outcome.refusal.code if outcome.refusal else None
    if code != step.expects:
        if not is_overtaken(services, step.request):
            key = step.request.context.key
            raise AnswerIsUnexpected(f"{key}: {code} instead of {step.expects}")
        played.overtaken += 1
    elif code is not None:
        played.refused += 1
    played.already_so += outcome.status is Status.ALREADY_SO


def is_overtaken(services: Services, request: Request) -> bool:
    """Whether somebody else has changed what the request speaks of."""
    command: Any = request.command
    told = [getattr(command, field.name) for field in fields(command)]
    streams = services.log.streams(value for value in told if isinstance(value, UUID))
    posts = {
        recorded.event.post
        for events in streams.values()
        for recorded in events
        if hasattr(recorded.event, "post")
    }
    read = chain(*streams.values(), *services.log.streams(posts).values())
    return any(not recorded.meta.correlation_id.startswith(OWN) for recorded in read)
