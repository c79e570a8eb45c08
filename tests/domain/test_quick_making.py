"""What is made quickly is as frozen, and as particular, as it was before."""

from dataclasses import FrozenInstanceError, dataclass, field
from typing import Any

import pytest

from domain.quick_making import quicken, replacing


@dataclass(frozen=True, slots=True)
class Made:
    first: int
    second: str = "two"
    third: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Checked:
    first: int

    def __post_init__(self) -> None:
        if self.first < 0:
            raise ValueError


quicken(Made, Checked)


def test_it_is_equal_printed_and_frozen_as_before() -> None:
    made = Made(1, third=True)
    assert made == Made(first=1, second="two", third=True)
    assert (type(made), len({made, Made(1, third=True)})) == (Made, 1)
    assert repr(made) == "Made(first=1, second='two', third=True)"
    with pytest.raises(FrozenInstanceError):
        made.first = 2  # type: ignore[misc]


@pytest.mark.parametrize("told", [{}, {"first": 1, "no": 1}])
def test_it_takes_what_it_took_and_nothing_else(told: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Made(**told)


def test_one_that_checks_itself_goes_on_doing_so() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        Checked(-1)


def test_a_replaced_field_leaves_the_others_and_the_first() -> None:
    first = Made(1)
    second = replacing(Made)(first, second="zwei")
    assert (first, second) == (Made(1), Made(1, "zwei"))
    with pytest.raises(AttributeError):
        replacing(Made)(first, fourth=4)
