"""Rules for publishing a warning policy: a number a place may set (R-403)."""

from typing import ClassVar

from domain.case.tier import WarningPolicy
from domain.rejections import Rejection
from domain.supervision.commands import PublishWarningPolicy
from domain.supervision.events import WarningPolicyPublished

WHOLE = 100


class WarningPolicyIsOutOfRange(Rejection):
    code: ClassVar[str] = "warning-policy-is-out-of-range"
    rule: ClassVar[str] = "R-403"
    title: ClassVar[str] = "预警阈值超出范围"
    remedy: ClassVar[str] = "百分比应在 0 至 100 之间，最少工作日不小于 0，并注明依据。"


def decide(
    policy: WarningPolicy | None, command: PublishWarningPolicy
) -> tuple[WarningPolicyPublished, ...]:
    in_range = 0 <= command.yellow_percent <= WHOLE and command.yellow_min_workdays >= 0
    if not in_range or not command.basis.strip():
        raise WarningPolicyIsOutOfRange(percent=command.yellow_percent)
    told = (command.yellow_percent, command.yellow_min_workdays)
    if policy and told == (policy.yellow_percent, policy.yellow_min_workdays):
        return ()
    return (
        WarningPolicyPublished(
            version=policy.version + 1 if policy else 1,
            yellow_percent=command.yellow_percent,
            yellow_min_workdays=command.yellow_min_workdays,
            basis=command.basis,
        ),
    )
