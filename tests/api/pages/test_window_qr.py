"""The QR code of a rating link: what a reader needs of it, and codes known to be good.

The known codes were compared square by square with another program's, and read by a
third one, when this was written.
"""

from hashlib import sha256

import pytest

from api.pages.rating_qr import AddressIsTooLong, modules, qr_code

FINDER = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
LINK = "http://127.0.0.1:8000/r/" + "a" * 43
KNOWN = {
    "h": "848f621f7ecfca7e",
    LINK: "018e35db27fd83b0",
    "x" * 100: "898a791db8daf879",
    "y" * 150: "230adb2b282df71c",
}


def drawn(text: str) -> list[str]:
    return ["".join("01"[dark] for dark in row) for row in modules(text)]


@pytest.mark.parametrize(("text", "digest"), KNOWN.items(), ids=["1", "5", "6", "8"])
def test_a_code_is_as_another_program_draws_it(text: str, digest: str) -> None:
    assert sha256("\n".join(drawn(text)).encode()).hexdigest()[:16] == digest


def test_three_corners_tell_a_reader_where_it_is() -> None:
    rows = drawn(LINK)
    assert len(rows) == 37
    assert [row[:7] for row in rows[:7]] == FINDER
    assert [row[-7:] for row in rows[:7]] == FINDER
    assert [row[:7] for row in rows[-7:]] == FINDER


def test_it_is_drawn_with_its_quiet_zone() -> None:
    code = qr_code(LINK)
    assert code.side == 37 + 8
    assert code.path.startswith("M4 4h1v1h-1z")


def test_an_address_that_is_too_long_is_said_to_be() -> None:
    qr_code("x" * 180)
    with pytest.raises(AddressIsTooLong):
        qr_code("x" * 181)
