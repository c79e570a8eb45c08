"""An item with all its published versions: a running case keeps its own (R-521)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from domain.calendar.limits import Limit, LimitUnit
from domain.catalogue.events import ItemVersionPublished, Material
from domain.unknown import known


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVersion:
    item_code: str
    version: int
    name: str
    item_type: str
    regime: str
    case_type: str
    legal_basis: str
    statutory_limit: Limit | None
    promised_limit: Limit
    materials: tuple[Material, ...]

    @property
    def material_codes(self) -> frozenset[str]:
        return frozenset(m.code for m in self.materials)

    @property
    def required_codes(self) -> frozenset[str]:
        return frozenset(m.code for m in self.materials if m.required)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    versions: tuple[ItemVersion, ...] = ()

    @property
    def current(self) -> ItemVersion | None:
        return self.versions[-1] if self.versions else None

    def version(self, number: int) -> ItemVersion | None:
        for version in self.versions:
            if version.version == number:
                return version
        return None


def evolve(item: Item, event: ItemVersionPublished) -> Item:
    return replace(item, versions=(*item.versions, version_of(event)))


def version_of(event: ItemVersionPublished) -> ItemVersion:
    unit = LimitUnit(event.limit_unit)
    statutory = event.statutory_limit
    return ItemVersion(
        item_code=event.item_code,
        version=event.version,
        name=event.name,
        item_type=event.item_type,
        regime=event.regime,
        case_type=event.case_type,
        legal_basis=event.legal_basis,
        statutory_limit=None if statutory is None else Limit(statutory, unit),
        promised_limit=Limit(event.promised_limit, unit),
        materials=event.materials,
    )


def fold(events: Iterable[ItemVersionPublished]) -> Item:
    return reduce(evolve, known(events), Item())
