"""Personal data as a type of its own, so that no log line or text shows it."""

from typing import Final

ERASED_TEXT: Final = "已删除"


class Personal:
    """A name, ID number, phone or address of a person (R-807).

    Only ``reveal`` gives the value; printing, formatting and exceptions do not.
    No dataclass: whatever takes those apart field by field would show it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value: Final = value

    def reveal(self) -> str:
        """The value, or ``ERASED_TEXT`` once nobody can read it any more."""
        return self._value

    @property
    def is_erased(self) -> bool:
        """Whether the person's key is destroyed: nobody has the value (R-807)."""
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and other.reveal() == self.reveal()

    def __hash__(self) -> int:
        return hash(self.reveal())

    def __repr__(self) -> str:
        return "Personal(…)"

    __str__ = __repr__


class Erased(Personal):
    """What is left of a personal field after erasure; shown alike to everybody."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(ERASED_TEXT)

    @property
    def is_erased(self) -> bool:
        return True


ERASED: Final = Erased()
