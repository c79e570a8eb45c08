"""What stands on a board: plain data, the same for the page and for the stream."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

NO_DATA = "无数据"


class Row(NamedTuple):
    """An open case. ``used``: percent of its time that is gone, None = not known."""

    href: str
    item: str
    place: str
    left: str
    used: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Cases of one tier; ``hidden`` counts those that are not among ``rows``."""

    tier: str
    word: str
    note: str
    empty: str
    count: int
    rows: Sequence[Row]

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A key figure; without data ``value`` says so and ``unit`` is empty."""

    key: str
    word: str
    value: str
    unit: str
    tier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TickerLine:
    """One step of a case; ``position`` is its place in the log."""

    position: int
    time: str
    text: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One scope at the instant ``at``; ``frozen``: as of then, not the present."""

    office: str
    office_name: str
    at: datetime
    frozen: bool
    position: int
    figures: Sequence[Figure]
    columns: Sequence[Column]

    def as_json(self) -> dict[str, Any]:
        """What the stream sends of it; words stay on the page, steps come apart."""
        return {
            "at": self.at.isoformat(),
            "figures": [
                {"key": f.key, "value": f.value, "unit": f.unit} for f in self.figures
            ],
            "columns": [
                {
                    "tier": column.tier,
                    "count": column.count,
                    "hidden": column.hidden,
                    "rows": [row._asdict() for row in column.rows],
                }
                for column in self.columns
            ],
        }
