"""Facts that this version of the program does not know, and passing over them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

E = TypeVar("E")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEvent:
    """A later version has written it; ``data`` as stored. Shown as unknown."""

    name: str
    data: Any


def known(events: Iterable[E]) -> Iterator[E]:
    """What can be folded: a state tells of what is known, and of nothing else."""
    return (event for event in events if not isinstance(event, UnknownEvent))
