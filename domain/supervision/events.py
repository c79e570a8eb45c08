"""Facts about supervision policy. Names and fields are a storage format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningPolicyPublished:
    """Yellow from ``max(yellow_min_workdays, yellow_percent of the promise)``."""

    version: int
    yellow_percent: int
    yellow_min_workdays: int
    basis: str


SupervisionEvent = WarningPolicyPublished
