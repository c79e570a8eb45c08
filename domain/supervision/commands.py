"""What callers may ask of supervision policy."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishWarningPolicy:
    yellow_percent: int
    yellow_min_workdays: int
    basis: str
    now: datetime


SupervisionCommand = PublishWarningPolicy
