"""An address as a QR code: byte mode, correction level M, versions 1 to 9.

After ISO/IEC 18004. Nothing else is needed here, so nothing else is here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise, zip_longest

from api.pages.rating_qr_grid import WITH_VERSION, Grid, drawn

# Of level M, by version: correction bytes of a block, and number of blocks.
CORRECTION = (0, 10, 16, 26, 18, 24, 16, 18, 22, 22)
BLOCKS = (0, 1, 1, 1, 2, 2, 4, 4, 4, 5)
LAST, QUIET = 9, 4
POLYNOMIAL = 0x11D
PADDING = (0xEC, 0x11)
FINDERLIKE = re.compile(r"(?=10111010000|00001011101)")
RUN = re.compile(r"0{5,}|1{5,}")


class AddressIsTooLong(ValueError):
    """More bytes than version 9 holds."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """``path`` draws the dark squares in a box of ``side``, quiet zone included."""

    side: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of ``text``; raises ``AddressIsTooLong``."""
    grid = modules(text)
    squares = (
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(grid)
        for x, dark in enumerate(row)
        if dark
    )
    return QrCode(len(grid) + 2 * QUIET, "".join(squares))


def modules(text: str) -> Grid:
    """Rows of dark and light, under the mask that disturbs a reader least."""
    data = text.encode()
    version = next((v for v in range(1, LAST + 1) if len(data) <= _room(v) - 2), 0)
    if not version:
        raise AddressIsTooLong
    stream = _interleaved(version, _padded(version, data))
    bits = [byte >> (7 - i) & 1 for byte in stream for i in range(8)]
    return min((drawn(version, bits, mask) for mask in range(8)), key=_penalty)


def _room(version: int) -> int:
    """Bytes of data, mode and length included."""
    return _raw(version) // 8 - CORRECTION[version] * BLOCKS[version]


def _raw(version: int) -> int:
    """Squares left for data and correction."""
    squares = (16 * version + 128) * version + 64
    if version > 1:
        aligned = version // 7 + 2
        squares -= (25 * aligned - 10) * aligned - 55
    return squares - (36 if version >= WITH_VERSION else 0)


def _padded(version: int, data: bytes) -> bytes:
    """Mode 0100, length, data, end 0000, filled up."""
    nibbles = [0b0100, len(data) >> 4, len(data) & 15]
    nibbles += chain.from_iterable((byte >> 4, byte & 15) for byte in data)
    nibbles.append(0)
    plain = bytes(a << 4 | b for a, b in zip(nibbles[::2], nibbles[1::2], strict=True))
    missing = _room(version) - len(plain)
    return plain + bytes(PADDING[i % 2] for i in range(missing))


def _interleaved(version: int, data: bytes) -> Iterator[int]:
    """Blocks taken in turns, the shorter ones first; then their corrections."""
    count, short = BLOCKS[version], len(data) // BLOCKS[version]
    longer = len(data) % count
    blocks, at = [], 0
    for number in range(count):
        size = short + (number >= count - longer)
        blocks.append(data[at : at + size])
        at += size
    corrections = [_correction(block, CORRECTION[version]) for block in blocks]
    for turn in chain(zip_longest(*blocks), zip(*corrections, strict=True)):
        yield from (byte for byte in turn if byte is not None)


def _correction(block: bytes, degree: int) -> list[int]:
    """Remainder of the block by the Reed-Solomon generator."""
    generator, root = [0] * (degree - 1) + [1], 1
    for _ in range(degree):
        shifted = [*generator[1:], 0]
        generator = [
            _times(g, root) ^ s for g, s in zip(generator, shifted, strict=True)
        ]
        root = _times(root, 2)
    rest = [0] * degree
    for byte in block:
        factor = byte ^ rest[0]
        rest = [
            r ^ _times(g, factor)
            for r, g in zip([*rest[1:], 0], generator, strict=True)
        ]
    return rest


def _times(x: int, y: int) -> int:
    product = 0
    for i in range(7, -1, -1):
        product = product << 1 ^ (product >> 7) * POLYNOMIAL
        product ^= (y >> i & 1) * x
    return product


def _penalty(grid: Grid) -> int:
    rows = ["".join("01"[dark] for dark in row) for row in grid]
    columns = ["".join(column) for column in zip(*rows, strict=True)]
    lines = rows + columns
    runs = sum(len(run[0]) - 2 for line in lines for run in RUN.finditer(line))
    finders = sum(len(FINDERLIKE.findall(line)) for line in lines)
    squares = sum(
        above[x : x + 2] == below[x : x + 2] and above[x] == above[x + 1]
        for above, below in pairwise(rows)
        for x in range(len(above) - 1)
    )
    dark, every = "".join(rows).count("1"), len(rows) ** 2
    unbalanced = abs(20 * dark - 10 * every) // every
    return runs + 40 * finders + 3 * squares + 10 * unbalanced
