"""A time limit as an amount of days of one kind."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, assert_never

from domain.rejections import Rejection

_LONGEST = 10_000


class LimitUnit(StrEnum):
    WORKDAYS = "workdays"
    NATURAL_DAYS = "natural_days"


class LimitOutOfRange(Rejection):
    code: ClassVar[str] = "limit-out-of-range"
    rule: ClassVar[str] = "R-151"
    title: ClassVar[str] = "时限天数须为 0 至 10000"
    remedy: ClassVar[str] = "请核对事项的时限天数。"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many days; 0 means the same day. ``LimitOutOfRange`` if not 0…10000.

    The upper bound is no rule: it keeps date arithmetic inside the calendar.
    """

    amount: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= _LONGEST:
            raise LimitOutOfRange(amount=self.amount)

    def in_words(self) -> str:
        match self.unit:
            case LimitUnit.WORKDAYS:
                return f"{self.amount} 个工作日"
            case LimitUnit.NATURAL_DAYS:
                return f"{self.amount} 日"
            case _:
                assert_never(self.unit)
