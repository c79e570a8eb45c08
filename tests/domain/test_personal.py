"""Personal data is a type of its own: shown by ``reveal`` and by nothing else."""

import copy
import pickle

import pytest

from domain.personal import Personal
from tests.rules import rule

NAME = "张三丰"


@rule("R-807")
def test_only_reveal_gives_the_value() -> None:
    name = Personal(NAME)
    assert name.reveal() == NAME
    for text in (str(name), repr(name), f"{name}", f"{name!r:>20}", f"{[name]}"):
        assert NAME not in text
    with pytest.raises(TypeError) as fault:
        int(name)  # type: ignore[call-overload]
    assert NAME not in str(fault.value)


@rule("R-807")
def test_it_is_equal_by_value_to_its_like_only() -> None:
    assert Personal("a") == Personal("a")
    assert len({Personal("a"), Personal("a"), Personal("b")}) == 2
    assert Personal("a") != "a"


@rule("R-807")
def test_it_is_not_taken_apart_field_by_field() -> None:
    name = Personal(NAME)
    assert not hasattr(name, "__dict__")
    assert not hasattr(name, "__dataclass_fields__")
    assert copy.copy(name) == pickle.loads(pickle.dumps(name)) == name  # noqa: S301
