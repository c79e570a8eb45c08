"""What the rules need to remember of an office."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import assert_never

from domain.office.events import OfficeEvent, OfficeRegistered, OfficeRenamed
from domain.unknown import known


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    code: str = ""
    name: str = ""
    phone: str = ""

    @property
    def exists(self) -> bool:
        return bool(self.code)


def evolve(office: Office, event: OfficeEvent) -> Office:
    match event:
        case OfficeRegistered():
            return Office(code=event.code, name=event.name, phone=event.phone)
        case OfficeRenamed():
            return replace(office, name=event.name)
        case _:
            assert_never(event)


def fold(events: Iterable[OfficeEvent]) -> Office:
    return reduce(evolve, known(events), Office())
