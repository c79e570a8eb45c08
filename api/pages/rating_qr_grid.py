"""The square of a QR code: what is fixed in it, and the bits laid between."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product

Place = tuple[int, int]
Grid = list[list[bool]]

WITH_VERSION = 7
FORMAT, FORMAT_MASK, LEVEL_M, VERSION = 0x537, 0x5412, 0b00, 0x1F25
MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda x, y: (x + y) % 2,
    lambda _, y: y % 2,
    lambda x, _: x % 3,
    lambda x, y: (x + y) % 3,
    lambda x, y: (x // 3 + y // 2) % 2,
    lambda x, y: x * y % 2 + x * y % 3,
    lambda x, y: (x * y % 2 + x * y % 3) % 2,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2,
)


def drawn(version: int, bits: Sequence[int], mask: int) -> Grid:
    """Rows from the top, True is dark."""
    size = 17 + 4 * version
    fixed = dict(_fixed(version, size, mask))
    places = (place for place in _way(size) if place not in fixed)
    told = iter(bits)
    for x, y in places:
        fixed[x, y] = bool(next(told, 0)) != (MASKS[mask](x, y) == 0)
    return [[fixed[x, y] for x in range(size)] for y in range(size)]


def _way(size: int) -> Iterator[Place]:
    """Two columns at a time from the right, up and down, around the timing."""
    upward = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        rows = range(size - 1, -1, -1) if upward else range(size)
        yield from ((right - side, y) for y in rows for side in (0, 1))
        upward = not upward


def _fixed(version: int, size: int, mask: int) -> Iterator[tuple[Place, bool]]:
    for i in range(size):
        yield (6, i), i % 2 == 0
        yield (i, 6), i % 2 == 0
    yield from _alignments(version, size)
    for x, y in ((3, 3), (size - 4, 3), (3, size - 4)):
        yield from _rings(x, y, 4, size)
    yield from _format(size, mask)
    if version >= WITH_VERSION:
        yield from _version(version, size)


def _rings(x: int, y: int, reach: int, size: int) -> Iterator[tuple[Place, bool]]:
    """A pattern of squares within squares; finders have a light one around them."""
    for dx, dy in product(range(-reach, reach + 1), repeat=2):
        place = (x + dx, y + dy)
        if all(0 <= at < size for at in place):
            ring = max(abs(dx), abs(dy))
            yield place, ring not in ((2, 4) if reach == 4 else (1,))  # noqa: PLR2004


def _alignments(version: int, size: int) -> Iterator[tuple[Place, bool]]:
    if version == 1:
        return
    count = version // 7 + 2
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    at = [6, *(size - 7 - i * step for i in range(count - 2, -1, -1))]
    corners = {(6, 6), (6, at[-1]), (at[-1], 6)}
    for x, y in product(at, repeat=2):
        if (x, y) not in corners:
            yield from _rings(x, y, 2, size)


def _format(size: int, mask: int) -> Iterator[tuple[Place, bool]]:
    """Level and mask, twice, with their own correction."""
    data = LEVEL_M << 3 | mask
    bits = (data << 10 | _rest(data, FORMAT, 10)) ^ FORMAT_MASK
    down = [(8, y) for y in (0, 1, 2, 3, 4, 5, 7, 8)]
    along = [(x, 8) for x in (7, 5, 4, 3, 2, 1, 0)]
    right = [(size - 1 - i, 8) for i in range(8)]
    bottom = [(8, size - 15 + i) for i in range(8, 15)]
    for places in (down + along, right + bottom):
        for i, place in enumerate(places):
            yield place, bool(bits >> i & 1)
    yield (8, size - 8), True


def _version(version: int, size: int) -> Iterator[tuple[Place, bool]]:
    bits = version << 12 | _rest(version, VERSION, 12)
    for i in range(18):
        dark, a, b = bool(bits >> i & 1), size - 11 + i % 3, i // 3
        yield (a, b), dark
        yield (b, a), dark


def _rest(data: int, generator: int, degree: int) -> int:
    """Remainder of the bits by a BCH generator."""
    rest = data
    for _ in range(degree):
        rest = rest << 1 ^ (rest >> (degree - 1)) * generator
    return rest
