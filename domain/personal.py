"""Personal data as a type of its own, so that no log line or text shows it."""

from typing import Final


class Personal:
    """A name, ID number, phone or address of a person (R-807).

    Only ``reveal`` gives the value; printing, formatting and exceptions do not.
    No dataclass: whatever takes those apart field by field would show it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value: Final = value

    def reveal(self) -> str:
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Personal(…)"

    __str__ = __repr__
