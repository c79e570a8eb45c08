"""Check digits and birth dates of ID numbers and credit codes (R-810, V-20…V-24)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.party.numbers import is_id_number, is_uscc, normalised
from tests.rules import rule

TODAY = date(2026, 11, 23)
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@rule("R-810", "V-20", "V-21")
@pytest.mark.parametrize("number", ["11010519491231002X", "640502199003077813"])
def test_a_number_with_right_check_digit_and_date_is_valid(number: str) -> None:
    assert is_id_number(number, TODAY)


@rule("R-810", "V-22", "V-23")
@pytest.mark.parametrize(
    "number",
    [
        pytest.param("640381198502290010", id="29 February of no leap year"),
        pytest.param("640502199003077812", id="check digit"),
        pytest.param("640502900307781", id="fifteen digits"),
        pytest.param("", id="nothing"),
        pytest.param("11010519491231002x", id="not normalised"),
        pytest.param("1101051949123100２X", id="a full-width digit"),
        pytest.param("11010519491231002Y", id="no check sign"),
    ],
)
def test_other_numbers_are_not(number: str) -> None:
    assert not is_id_number(number, TODAY)


@rule("R-810")
def test_nobody_is_born_after_today() -> None:
    assert is_id_number("640502199003077813", date(1990, 3, 7))
    assert not is_id_number("640502199003077813", date(1990, 3, 6))


@rule("R-810")
def test_the_address_digits_are_not_checked_against_a_list() -> None:
    assert is_id_number("999999199003077812", TODAY)


@rule("R-810")
def test_a_small_x_and_spaces_are_taken() -> None:
    assert normalised(" 11010519491231002x ") == "11010519491231002X"


@rule("R-810", "V-24")
def test_credit_codes() -> None:
    assert is_uscc("91350100M000100Y43")
    assert is_uscc("11640502010086001R")
    assert not is_uscc("11640502010086001X")
    assert not is_uscc("91350100M000100Y4")
    assert not is_uscc("91350100M000100I43")


@rule("R-810")
@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(place: int, digit: str) -> None:
    good = "640502199003077813"
    typed = good[:place] + digit + good[place + 1 :]
    assert is_id_number(typed, TODAY) is (typed == good)


@rule("R-810")
@given(st.integers(0, 16), st.sampled_from(USCC_ALPHABET))
def test_one_wrong_sign_of_a_credit_code_is_always_noticed(
    place: int, sign: str
) -> None:
    good = "91350100M000100Y43"
    typed = good[:place] + sign + good[place + 1 :]
    assert is_uscc(typed) is (typed == good)


@rule("R-810")
@given(st.text(alphabet=USCC_ALPHABET, min_size=17, max_size=17))
def test_every_credit_code_has_exactly_one_check_sign(body: str) -> None:
    assert sum(is_uscc(body + sign) for sign in USCC_ALPHABET) == 1


@rule("R-810")
@given(st.text(max_size=20))
def test_no_text_breaks_the_check(text: str) -> None:
    assert is_id_number(normalised(text), TODAY) in (True, False)
    assert is_uscc(normalised(text)) in (True, False)
