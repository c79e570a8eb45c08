"""Twelve-digit division codes and what their significant prefix covers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from domain.rejections import Rejection

LENGTH = 12


class Tier(StrEnum):
    """The three tiers of grassroots service, by the code's trailing zeros (R-903)."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


SIGNIFICANT = {Tier.COUNTY: 6, Tier.TOWNSHIP: 9, Tier.VILLAGE: 12}


class DivisionCodeIsMalformed(Rejection):
    """Not twelve digits, or no county in the first six (R-901)."""

    code: ClassVar[str] = "division-code-is-malformed"
    rule: ClassVar[str] = "R-901"
    title: ClassVar[str] = "区划代码格式不正确"
    remedy: ClassVar[str] = "请填写 12 位数字区划代码（6 位县 + 3 位乡镇 + 3 位村）。"


@dataclass(frozen=True, slots=True, order=True)
class DivisionCode:
    """A division code of R-901: 6 digits county, 3 township, 3 village."""

    digits: str

    def __post_init__(self) -> None:
        ascii_digits = self.digits.isascii() and self.digits.isdigit()
        if len(self.digits) != LENGTH or not ascii_digits:
            raise DivisionCodeIsMalformed(length=len(self.digits))
        orphan_village = self.digits[6:9] == "000" and self.digits[9:] != "000"
        if self.digits[4:6] == "00" or orphan_village:
            raise DivisionCodeIsMalformed(code=self.digits)

    @property
    def tier(self) -> Tier:
        if self.digits.endswith("000000"):
            return Tier.COUNTY
        return Tier.TOWNSHIP if self.digits.endswith("000") else Tier.VILLAGE

    @property
    def prefix(self) -> str:
        """The significant digits (6, 9 or 12): the scope of R-904."""
        return self.digits[: SIGNIFICANT[self.tier]]

    @property
    def parent(self) -> "DivisionCode | None":
        match self.tier:
            case Tier.COUNTY:
                return None
            case Tier.TOWNSHIP:
                return DivisionCode(self.digits[:6] + "000000")
            case Tier.VILLAGE:
                return DivisionCode(self.digits[:9] + "000")

    def covers(self, other: "DivisionCode") -> bool:
        """Whether an office with this code may see what belongs to ``other``."""
        return other.digits.startswith(self.prefix)
