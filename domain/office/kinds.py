"""What a township or village segment says of its division: a street, a town … (R-902).

A description only: no legal power follows from a code (R-905).
"""

from enum import StrEnum
from typing import assert_never

from domain.office.codes import DivisionCode, Tier


class DivisionKind(StrEnum):
    """``UNUSUAL``: a segment that R-902 does not name, as of a development zone."""

    COUNTY = "县"
    STREET = "街道"
    TOWN = "镇"
    RURAL_TOWNSHIP = "乡"
    ENTERPRISE = "类似乡级单位"
    NEIGHBOURHOOD_COMMITTEE = "居委会"
    VILLAGE_COMMITTEE = "村委会"
    UNUSUAL = "其他"


TOWNSHIP_SEGMENTS = {
    range(1, 100): DivisionKind.STREET,
    range(100, 200): DivisionKind.TOWN,
    range(200, 400): DivisionKind.RURAL_TOWNSHIP,
    range(400, 600): DivisionKind.ENTERPRISE,
}
VILLAGE_SEGMENTS = {
    range(1, 200): DivisionKind.NEIGHBOURHOOD_COMMITTEE,
    range(200, 400): DivisionKind.VILLAGE_COMMITTEE,
}


def kind_of(code: DivisionCode) -> DivisionKind:
    """Give the kind of division, by the last segment that is not zero (R-902)."""
    tier = code.tier
    match tier:
        case Tier.COUNTY:
            return DivisionKind.COUNTY
        case Tier.TOWNSHIP:
            segment, segments = int(code.digits[6:9]), TOWNSHIP_SEGMENTS
        case Tier.VILLAGE:
            segment, segments = int(code.digits[9:]), VILLAGE_SEGMENTS
        case _:
            assert_never(tier)
    named = (kind for numbers, kind in segments.items() if segment in numbers)
    return next(named, DivisionKind.UNUSUAL)
