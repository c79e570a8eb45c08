"""Cursors of pages: opaque to the caller, checked when they come back."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from api.faults import CursorIsMalformed

P = TypeVar("P")


def cursor_of(place: tuple[object, ...]) -> str:
    """The cursor for what comes after ``place``, a named tuple of plain values."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place_of(cursor: str, kind: type[P]) -> P:
    """The place again, of the type it had; raises ``CursorIsMalformed``."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        return msgspec.json.decode(text, type=kind)
    except (binascii.Error, ValueError) as fault:  # msgspec's errors are ValueErrors
        raise CursorIsMalformed from fault


def next_cursor(
    rows: Sequence[Mapping[str, object]],
    limit: int,
    place: Callable[..., tuple[object, ...]],
    *columns: str,
) -> str | None:
    """The cursor after a page of ``limit``, if ``rows`` hold one more than it shows."""
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    return cursor_of(place(*(last[column] for column in columns)))
