"""What callers may ask of the catalogue of service items."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.calendar.limits import Limit
from domain.catalogue.events import Material


class ItemType(StrEnum):
    """National type codes (R-502)."""

    PERMIT = "01"
    BENEFIT = "05"
    CONFIRMATION = "07"
    OTHER = "10"
    PUBLIC_SERVICE = "20"


class Regime(StrEnum):
    """Which clock applies (R-101, R-102)."""

    PERMIT_LAW = "permit_law"
    GENERAL = "general"


class CaseType(StrEnum):
    """即办件 and 承诺件 (R-505)."""

    INSTANT = "instant"
    PROMISED = "promised"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishItemVersion:
    """``version`` must be the next one; ``regime`` None follows the type (R-101)."""

    item_code: str
    version: int
    name: str
    item_type: ItemType
    regime: Regime | None
    case_type: CaseType
    legal_basis: str
    statutory_limit: Limit | None
    promised_limit: Limit
    materials: tuple[Material, ...]
    now: datetime


CatalogueCommand = PublishItemVersion
