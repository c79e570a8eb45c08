"""The bounds of a warning policy belong to it (R-403)."""

import pytest

from domain.case.tier import WarningPolicy
from domain.supervision.commands import PublishWarningPolicy
from domain.supervision.decisions import WarningPolicyIsOutOfRange, decide
from tests import examples as x
from tests.rules import rule


def policy(percent: int, workdays: int) -> PublishWarningPolicy:
    return PublishWarningPolicy(
        yellow_percent=percent,
        yellow_min_workdays=workdays,
        basis="R-403",
        now=x.NOON,
    )


@rule("R-403")
@pytest.mark.parametrize(("percent", "workdays"), [(0, 0), (100, 1)])
def test_the_bounds_are_in_range(percent: int, workdays: int) -> None:
    (published,) = decide(None, policy(percent, workdays))
    assert (published.yellow_percent, published.version) == (percent, 1)
    assert (published.yellow_min_workdays, published.basis) == (workdays, "R-403")


@rule("R-403")
@pytest.mark.parametrize(("percent", "workdays"), [(-1, 0), (101, 0), (0, -1)])
def test_beyond_them_is_refused(percent: int, workdays: int) -> None:
    with pytest.raises(WarningPolicyIsOutOfRange):
        decide(None, policy(percent, workdays))


@rule("R-403")
def test_another_policy_is_the_next_version() -> None:
    known = WarningPolicy(version=4, yellow_percent=20, yellow_min_workdays=1)
    (published,) = decide(known, policy(20, 2))
    assert published.version == 5
    assert decide(known, policy(20, 1)) == ()
