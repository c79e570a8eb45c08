"""When people come: by season, weekday and hour, as many as the plan says."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import Any

from consumers.simulation.plan import Plan, PlanIsImpossible
from consumers.simulation.working_time import DAY, MINUTE, WorkingTime

QUARTER = 15 * MINUTE
END_OF_MONTH = 3
ORDINARY = 100


def arrivals(
    plan: Plan, time: WorkingTime, rng: Random, ways: dict[str, Any]
) -> Iterator[int]:
    """The working second at which each of the plan's cases arrives, in order."""
    weights = _weights(plan, time, ways)
    if not weights:
        raise PlanIsImpossible("there is no working day in the plan")
    hours = list(accumulate(ways["quarters"]))
    total, gone, done = sum(weights), 0, 0
    for day, weight in enumerate(weights):
        gone += weight
        until = round(plan.cases * gone / total)
        seconds = sorted(_second(rng, hours) for _ in range(until - done))
        done = until
        for second in seconds:
            yield day * DAY + second


def _weights(plan: Plan, time: WorkingTime, ways: dict[str, Any]) -> list[int]:
    """Of each working day of the plan; 10,000 is an ordinary one."""
    weights = []
    for number, day in enumerate(time.days):
        if plan.days is not None and (day - plan.starts_on).days >= plan.days:
            break
        if plan.days is None and number * ways["a_day"] >= plan.cases:
            break
        ahead = time.days[number : number + END_OF_MONTH + 1]
        is_end = ahead[-1].month != day.month or len(ahead) <= END_OF_MONTH
        season = ways["months"][day.month - 1]
        month_end = ways["month_end"] if is_end else ORDINARY
        weights.append(ways["weekdays"][day.weekday()] * season * month_end // ORDINARY)
    return weights


def _second(rng: Random, hours: list[int]) -> int:
    quarter = bisect_right(hours, rng.random() * hours[-1])
    return quarter * QUARTER + int(rng.random() * QUARTER)
