"""Ids of what a seed brings forth: spread as by chance, and always the same."""

from uuid import UUID

STRIDE = 0x9E3779B97F4A7C15F39CC0605CEDC835
"""An odd number, 2¹²⁸ by the golden ratio: its multiples fall far from each other."""

CUSTOM = 0x8 << 76 | 0b10 << 62
"""Version 8 of RFC 9562: an id of a form of one's own."""

FREE = (1 << 128) - 1 ^ (0xF << 76 | 0b11 << 62)
PLACES = 256
"""A case has fewer acts, so that they can be numbered through with their case."""


def nth_id(space: UUID, number: int) -> UUID:
    """The ``number``-th id of ``space``."""
    return UUID(int=(space.int + number * STRIDE) & FREE | CUSTOM)


def case_id(space: UUID, number: int) -> UUID:
    return nth_id(space, number * PLACES)


def act_id(space: UUID, number: int, place: int) -> UUID:
    """Of the ``place``-th act of the ``number``-th case, both from 0."""
    return nth_id(space, number * PLACES + place + 1)
