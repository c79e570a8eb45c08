"""Facts about a service item. Names and fields are a storage format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One entry of the published material list (R-501)."""

    code: str
    name: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVersionPublished:
    """Limits are in ``limit_unit``: ``workdays`` or ``natural_days``."""

    item_code: str
    version: int
    name: str
    item_type: str
    regime: str
    case_type: str
    legal_basis: str
    statutory_limit: int | None
    promised_limit: int
    limit_unit: str
    materials: tuple[Material, ...]


CatalogueEvent = ItemVersionPublished
