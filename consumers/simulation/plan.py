"""What is to be simulated, and the places where its data and ids come from."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

SPACE = UUID("0b0f4f0e-6a55-5d0e-9c0a-7a3c5e1d2b64")
FOLDER = Path(__file__).parent
STARTS_ON = date(2026, 8, 24)


class PlanIsImpossible(ValueError):
    """No county can be made of the numbers given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The same plan gives the same steps.

    ``cases`` arrive on the working days of ``days`` calendar days from
    ``starts_on``; ``days`` None = as many as an ordinary pace needs. The years
    known to the calendar are the limit: what comes later does not happen.
    """

    seed: int
    townships: int = 6
    villages: int = 40
    cases: int = 2000
    starts_on: date = STARTS_ON
    days: int | None = None

    def __post_init__(self) -> None:
        days = 1 if self.days is None else self.days
        if min(self.townships, self.villages, self.cases, days) < 1:
            msg = "townships, villages, cases and days are at least 1 each"
            raise PlanIsImpossible(msg)

    @property
    def space(self) -> UUID:
        """The name space of this seed's ids."""
        return uuid5(SPACE, str(self.seed))


def read(name: str) -> dict[str, Any]:
    """One of the data files beside this module."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
