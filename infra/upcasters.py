"""Old forms of events brought up to date: pure functions on plain data, one step each.

A step reads the data of one stored name and gives those of the next; steps follow
each other. What was released is never edited, and neither is its golden file.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

Plain = dict[str, Any]


class Step(NamedTuple):
    """``becomes`` is the stored name that ``upcast`` gives the data of."""

    becomes: str
    upcast: Callable[[Plain], Plain]


def unsealed_registration(data: Plain) -> Plain:
    """v1 was written before fields were sealed: marked personal, and plain."""
    return data


def personal_reason(data: Plain) -> Plain:
    """In v1 the reason, free text on a person, was not marked as personal."""
    return data | {"reason": {"personal": data["reason"]}}


STEPS: dict[str, Step] = {
    "party.registered.v1": Step("party.registered.v2", unsealed_registration),
    "party.corrected.v1": Step("party.corrected.v2", personal_reason),
    "party.merged.v1": Step("party.merged.v2", personal_reason),
}


def upcast(name: str, data: Plain) -> tuple[str, Plain]:
    """The newest name that leads on from ``name``, and its data."""
    while (step := STEPS.get(name)) is not None:
        name, data = step.becomes, step.upcast(data)
    return name, data
