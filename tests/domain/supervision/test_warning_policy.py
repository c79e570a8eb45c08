"""Publishing the warning policy: done, already so, refused (R-403)."""

from dataclasses import replace

import pytest

from domain.case.tier import WarningPolicy
from domain.supervision.commands import PublishWarningPolicy
from domain.supervision.decisions import WarningPolicyIsOutOfRange, decide
from domain.supervision.events import WarningPolicyPublished
from domain.supervision.state import fold
from tests import examples as x
from tests.rules import rule

publish = PublishWarningPolicy(
    yellow_percent=20, yellow_min_workdays=1, basis="R-403", now=x.MORNING
)
published = WarningPolicyPublished(
    version=1, yellow_percent=20, yellow_min_workdays=1, basis="R-403"
)


@rule("R-403")
def test_a_first_policy_is_version_one() -> None:
    assert decide(None, publish) == (published,)
    assert fold([]) is None
    assert fold([published]) == WarningPolicy(
        version=1, yellow_percent=20, yellow_min_workdays=1
    )


@rule("R-403")
def test_the_same_numbers_again_change_nothing() -> None:
    assert decide(fold([published]), publish) == ()


@rule("R-403")
def test_other_numbers_are_the_next_version() -> None:
    (event,) = decide(fold([published]), replace(publish, yellow_percent=30))
    assert (event.version, event.yellow_percent) == (2, 30)


@rule("R-403")
@pytest.mark.parametrize(
    "change",
    [
        {"yellow_percent": -1},
        {"yellow_percent": 101},
        {"yellow_min_workdays": -1},
        {"basis": " "},
    ],
)
def test_a_policy_is_in_range_and_says_on_what_it_rests(
    change: dict[str, object],
) -> None:
    with pytest.raises(WarningPolicyIsOutOfRange):
        decide(None, replace(publish, **change))  # type: ignore[arg-type]
