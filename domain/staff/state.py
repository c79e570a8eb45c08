"""What the rules need to remember of an officer."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import assert_never
from uuid import UUID

from domain.staff.events import OfficerRegistered, SourceOfficerNamed, StaffEvent
from domain.unknown import known


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    officer_id: UUID | None = None
    staff_no: str = ""
    name: str = ""
    office_code: str = ""
    is_from_source: bool = False

    @property
    def exists(self) -> bool:
        return self.officer_id is not None


def evolve(_: Officer, event: StaffEvent) -> Officer:
    match event:
        case OfficerRegistered():
            return Officer(
                officer_id=event.officer_id,
                staff_no=event.staff_no,
                name=event.badge_name,
                office_code=event.office_code,
            )
        case SourceOfficerNamed():
            return Officer(
                officer_id=event.officer_id,
                name=event.label,
                office_code=event.office_code,
                is_from_source=True,
            )
        case _:
            assert_never(event)


def fold(events: Iterable[StaffEvent]) -> Officer:
    return reduce(evolve, known(events), Officer())
