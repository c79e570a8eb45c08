"""A history that is written before anybody looks, and what follows it live."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from consumers.simulation.plan import Plan
from consumers.simulation.steps import Step, life
from consumers.simulation.working_time import DAY, HOUR, MINUTE, WorkingTime
from domain.case.commands import OpenCase

PEAK = HOUR + 30 * MINUTE
"""Ten o'clock, in seconds worked: when most people come."""


def split(steps: Iterable[Step], at: datetime) -> tuple[Iterator[Step], Iterator[Step]]:
    """The steps before ``at`` and those from then on, both lazily.

    The first are to be taken before the second; what is left of them is dropped.
    """
    rest, held = iter(steps), list[Step]()

    def before() -> Iterator[Step]:
        for step in rest:
            if step.at >= at:
                held.append(step)
                return
            yield step

    def after() -> Iterator[Step]:
        for _ in history:
            pass
        yield from held
        yield from rest

    history = before()
    return history, after()


def moment_after(plan: Plan, cases: int) -> datetime:
    """The first ten o'clock of a working day by which so many cases were opened.

    The end of all steps if the plan does not have so many.
    """
    opened, last = 0, None
    for step in life(plan):
        opened += isinstance(step.request.command, OpenCase)
        last = step.at
        if opened >= cases:
            break
    time = WorkingTime(plan.starts_on)
    for day in range(len(time.days)):
        moment = time.at(day * DAY + PEAK)
        if last is not None and moment >= last and opened >= cases:
            return moment
    return last or time.before_opening()
