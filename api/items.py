"""Routes on service items: each change is a new version, published and kept."""

from typing import Annotated, Any, NamedTuple

import msgspec
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from api.contract import CREATES, READS_VERSION
from api.cursors import next_cursor, place_of
from api.dependencies import LogOf, ServicesOf, SignedIn
from api.fields import ITEM, Body, Days, ItemCode, ItemPath, Name, Word
from api.listing import VIEWS, Cursor, Page, PageLimit
from api.scope_of import require_county
from api.waiting import reached
from api.writing import WriteOf, Written
from domain.calendar.limits import Limit, LimitUnit
from domain.catalogue.commands import CaseType, ItemType, PublishItemVersion, Regime
from domain.catalogue.decisions import ItemNotFound
from domain.catalogue.events import Material
from domain.catalogue.state import ItemVersion, fold
from infra.database import Role
from infra.subjects import streams
from projections import items as view

router = APIRouter(prefix="/items", tags=["items"])
EXAMPLE: dict[str, Any] = {
    "item_code": "11640323MB0000001X4000511001000",
    "version": 1,
    "name": "最低生活保障",
    "item_type": "05",
    "regime": None,
    "case_type": "promised",
    "legal_basis": "社会救助暂行办法",
    "statutory_limit": {"amount": 30, "unit": "workdays"},
    "promised_limit": {"amount": 20, "unit": "workdays"},
    "materials": [{"code": "M1", "name": "申请书", "required": True}],
}


class LimitBody(Body):
    amount: Days
    unit: LimitUnit

    def limit(self) -> Limit:
        return Limit(self.amount, self.unit)


class MaterialBody(Body):
    code: Word
    name: Name
    required: Annotated[bool, Field(strict=True)] = True


class ItemBody(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    item_code: ItemCode
    version: Annotated[int, Field(strict=True, ge=1, le=100_000)]
    name: Name
    item_type: ItemType = Field(description="R-502: 01 许可, 05 给付, 20 公共服务 …")
    regime: Regime | None = Field(None, description="None follows the type (R-101).")
    case_type: CaseType
    legal_basis: Name
    statutory_limit: LimitBody | None
    promised_limit: LimitBody
    materials: tuple[MaterialBody, ...] = Field(max_length=100)


class LimitShown(BaseModel):
    amount: int
    unit: LimitUnit


class MaterialShown(BaseModel):
    code: str
    name: str
    required: bool


class ItemVersionShown(BaseModel):
    version: int
    name: str
    item_type: str
    regime: str
    case_type: str
    legal_basis: str
    statutory_limit: LimitShown | None
    promised_limit: LimitShown
    materials: list[MaterialShown]


class Place(NamedTuple):
    item_code: Annotated[str, msgspec.Meta(pattern=ITEM)]


class ItemListed(BaseModel):
    """An item in its current version; limits are in ``limit_unit``."""

    item_code: str
    version: int
    name: str
    item_type: str
    regime: str
    case_type: str
    statutory_limit: int | None
    promised_limit: int
    limit_unit: LimitUnit


class Items(Page):
    items: list[ItemListed]


class ItemShown(BaseModel):
    """An item with all its versions: a running case keeps its own (R-521)."""

    item_code: str
    current: int
    versions: list[ItemVersionShown]


@router.post("", **CREATES)
def publish_item(body: ItemBody, write: WriteOf) -> Written:
    """Publish the next version of an item (R-103, R-521)."""
    require_county(write.account)
    statutory = body.statutory_limit
    command = PublishItemVersion(
        item_code=body.item_code,
        version=body.version,
        name=body.name,
        item_type=body.item_type,
        regime=body.regime,
        case_type=body.case_type,
        legal_basis=body.legal_basis,
        statutory_limit=statutory.limit() if statutory else None,
        promised_limit=body.promised_limit.limit(),
        materials=tuple(Material(**m.model_dump()) for m in body.materials),
        now=write.now,
    )
    return write.do(command, name=body.item_code, at="items")


@router.get("", **VIEWS)
def list_items(
    services: ServicesOf,
    _: SignedIn,
    position: Annotated[int, Depends(reached(view.NAME))],
    limit: PageLimit = 100,
    cursor: Cursor = None,
) -> Items:
    """The county's catalogue, by code."""
    after = place_of(cursor, Place).item_code if cursor else ""
    with services.database.transaction(Role.READER) as reader:
        rows = view.page(reader, after, limit + 1)
    return Items(
        position=position,
        items=[ItemListed(**row) for row in rows[:limit]],
        next=next_cursor(rows, limit, Place, "item_code"),
    )


@router.get("/{item_code}", **READS_VERSION)
def read_item(
    item_code: ItemPath, response: Response, log: LogOf, _: SignedIn
) -> ItemShown:
    """An item with its versions, the newest last."""
    events = log.stream(streams.item_stream(item_code))
    item = fold(recorded.event for recorded in events)
    if item.current is None:
        raise ItemNotFound(item=item_code)
    response.headers["ETag"] = f'"{len(events)}"'
    return ItemShown(
        item_code=item_code,
        current=item.current.version,
        versions=[_shown(version) for version in item.versions],
    )


def _shown(version: ItemVersion) -> ItemVersionShown:
    return ItemVersionShown.model_validate(version, from_attributes=True)
