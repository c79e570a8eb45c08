"""The warning policy in force and its version."""

from collections.abc import Iterable
from functools import reduce

from domain.case.tier import WarningPolicy
from domain.supervision.events import WarningPolicyPublished
from domain.unknown import known


def evolve(_: WarningPolicy | None, event: WarningPolicyPublished) -> WarningPolicy:
    return WarningPolicy(
        version=event.version,
        yellow_percent=event.yellow_percent,
        yellow_min_workdays=event.yellow_min_workdays,
    )


def fold(events: Iterable[WarningPolicyPublished]) -> WarningPolicy | None:
    start: WarningPolicy | None = None
    return reduce(evolve, known(events), start)
