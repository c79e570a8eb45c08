"""What each reader sees of a name, a number, a telephone (R-811)."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.party.masking import (
    MaskingLevel,
    masked_name,
    masked_number,
    masked_phone,
)
from tests.rules import rule

PUBLIC, STAFF_LIST, HANDLER = MaskingLevel
MASKS = (masked_name, masked_number, masked_phone)
Mask = Callable[[str, MaskingLevel], str]
NUMBER = "640502199003077813"


@rule("R-811")
def test_the_hall_sees_family_name_and_the_ends_of_the_numbers() -> None:
    assert masked_name("张三", PUBLIC) == "张*"
    assert masked_name("欧阳娜娜", PUBLIC) == "欧***"
    assert masked_number(NUMBER, PUBLIC) == "6****************3"
    assert masked_phone("13812345678", PUBLIC) == "138****5678"


@rule("R-811")
def test_a_list_for_staff_shows_three_and_four_of_the_number() -> None:
    assert masked_name("张三", STAFF_LIST) == "张*"
    assert masked_number(NUMBER, STAFF_LIST) == "640***********7813"
    assert masked_phone("13812345678", STAFF_LIST) == "138****5678"


@rule("R-811")
def test_who_handles_the_case_sees_all() -> None:
    assert masked_name("张三", HANDLER) == "张三"
    assert masked_number(NUMBER, HANDLER) == NUMBER
    assert masked_phone("13812345678", HANDLER) == "13812345678"


@rule("R-811")
@pytest.mark.parametrize("mask", MASKS)
@given(text=st.text(alphabet="0123456789X张三", min_size=1, max_size=18))
def test_nothing_is_ever_shown_whole_to_others(mask: Mask, text: str) -> None:
    for level in (PUBLIC, STAFF_LIST):
        shown = mask(text, level)
        assert shown != text
        assert "*" in shown


@rule("R-811")
@given(st.text(alphabet="0123456789X", min_size=18, max_size=18))
def test_the_public_never_sees_the_birthday(number: str) -> None:
    assert masked_number(number, PUBLIC)[1:-1] == "*" * 16
    assert masked_number(number, STAFF_LIST)[3:-4] == "*" * 11
