"""Cursors come back as they went, or not at all."""

from datetime import UTC, datetime
from typing import Annotated, NamedTuple
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cursors import cursor_of, place_of
from api.faults import CursorIsMalformed


class Place(NamedTuple):
    instant: datetime
    subject: UUID


class Code(NamedTuple):
    code: Annotated[str, msgspec.Meta(pattern="^[0-9]{12}$")]


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_a_place_survives_its_cursor(instant: datetime, subject: UUID) -> None:
    cursor = cursor_of(Place(instant, subject))
    assert place_of(cursor, Place) == (instant, subject)
    assert cursor.isascii()
    assert not set(cursor) & set("+/= ")


@given(st.text())
def test_whatever_else_comes_is_refused(cursor: str) -> None:
    with pytest.raises(CursorIsMalformed):
        place_of(cursor, Place)


@pytest.mark.parametrize("code", ["1", "'; --", "\x00" * 12])
def test_a_place_that_was_made_up_is_refused(code: str) -> None:
    with pytest.raises(CursorIsMalformed):
        place_of(cursor_of(Code(code)), Code)
