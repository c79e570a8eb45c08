"""What stands on a board: plain data, the same for the page and for the stream."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple


class Row(NamedTuple):
    """An open case. ``used``: percent of its time that is gone, None = not known.

    ``mark`` says what is graver than the column's own word, or is empty.
    """

    case_id: str
    item: str
    place: str
    left: str
    used: int | None
    mark: str

    @property
    def href(self) -> str:
        return f"/cases/{self.case_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Cases of one tier; ``hidden`` counts those that are not among ``rows``."""

    tier: str
    word: str
    note: str
    empty: str
    href: str
    count: int
    rows: Sequence[Row]

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A key figure; without data ``value`` is a dash and ``unit`` says so.

    ``note`` tells what it is counted from, ``formula`` how (R-317).
    """

    key: str
    word: str
    value: str
    unit: str
    note: str = ""
    formula: str = ""
    tier: str = ""
    href: str = ""


class PostRow(NamedTuple):
    """What a window finished; ``share`` is its bar, percent of the busiest one's."""

    href: str
    name: str
    today: int
    finished: int
    share: int
    average: str
    on_time: str
    told: str


class Below(NamedTuple):
    """An office below this one, with its cases that are overdue or nearly so."""

    href: str
    name: str
    red: int
    yellow: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendShown:
    """Three lines over days; the last point is the board's own instant."""

    days: Sequence[str]
    green: Sequence[int]
    yellow: Sequence[int]
    red: Sequence[int]


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
    """One scope at the instant ``at``; ``frozen``: as of then, not the present.

    ``posts`` are the present's: the past does not tell them.
    """

    office: str
    office_name: str
    at: datetime
    frozen: bool
    position: int
    figures: Sequence[Figure]
    columns: Sequence[Column]
    posts: Sequence[PostRow]
    below: Sequence[Below]
    trend: TrendShown

    def as_json(self) -> dict[str, Any]:
        """What the stream sends of it; steps come apart, and rows without names."""
        return {
            "at": self.at.isoformat(),
            "figures": [[f.key, f.value, f.unit, f.note] for f in self.figures],
            "columns": [
                {
                    "tier": column.tier,
                    "count": column.count,
                    "hidden": column.hidden,
                    "rows": column.rows,
                }
                for column in self.columns
            ],
            "posts": self.posts,
            "below": self.below,
            "trend": asdict(self.trend),
        }
