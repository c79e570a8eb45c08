"""Which offices a reader sees: a significant prefix, never the padded code (R-903)."""

from dataclasses import dataclass
from typing import LiteralString

from domain.office.codes import DivisionCode

IN_SCOPE: LiteralString = "starts_with(office_code, %(prefix)s)"


@dataclass(frozen=True, slots=True)
class Scope:
    """All offices whose code starts with ``prefix`` (6, 9 or 12 digits, R-904)."""

    prefix: str

    @classmethod
    def of(cls, code: str) -> "Scope":
        """The scope of the office ``code``; raises ``DivisionCodeIsMalformed``."""
        return cls(DivisionCode(code).prefix)
