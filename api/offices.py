"""Routes on offices: county centre, township centres, village points."""

from typing import Annotated, NamedTuple

import msgspec
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from api.contract import CHANGES, CREATES, READS_VERSION
from api.cursors import next_cursor, place_of
from api.dependencies import LogOf, ServicesOf, SignedIn
from api.fields import OFFICE, Body, Name, OfficeCode, OfficePath, Word
from api.listing import VIEWS, Cursor, Page, PageLimit, ScopeOf
from api.scope_of import require_office
from api.waiting import reached
from api.writing import WriteOf, Written
from domain.office.codes import DivisionCode, Tier
from domain.office.commands import RegisterOffice, RenameOffice
from domain.office.decisions import OfficeNotFound
from domain.office.kinds import DivisionKind, kind_of
from domain.office.state import fold
from infra.database import Role
from infra.subjects import streams
from projections import offices as view

router = APIRouter(prefix="/offices", tags=["offices"])


class OfficeBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "640323101000",
                    "name": "大水坑镇民生服务中心",
                    "phone": "0953-6010101",
                }
            ]
        }
    )

    code: OfficeCode
    name: Name
    phone: Word


class OfficeNameBody(Body):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "大水坑镇便民服务中心"}]}
    )

    name: Name


class Place(NamedTuple):
    code: Annotated[str, msgspec.Meta(pattern=OFFICE)]


class OfficeListed(BaseModel):
    code: str
    name: str
    tier: Tier
    phone: str


class Offices(Page):
    offices: list[OfficeListed]


class OfficeShown(BaseModel):
    code: str
    name: str
    phone: str
    tier: Tier
    kind: DivisionKind
    version: int


@router.post("", **CREATES)
def register_office(body: OfficeBody, write: WriteOf) -> Written:
    """Register an office under its division code (R-901, R-906, R-907)."""
    require_office(write.account, body.code)
    command = RegisterOffice(
        code=body.code, name=body.name, phone=body.phone, now=write.now
    )
    return write.do(command, name=body.code, at="offices")


@router.patch("/{code}", **CHANGES)
def rename_office(code: OfficePath, body: OfficeNameBody, write: WriteOf) -> Written:
    """Give an office another name; its code stays."""
    require_office(write.account, code)
    return write.do(RenameOffice(code=code, name=body.name, now=write.now), name=code)


@router.get("", **VIEWS)
def list_offices(
    services: ServicesOf,
    scope: ScopeOf,
    position: Annotated[int, Depends(reached(view.NAME))],
    limit: PageLimit = 100,
    cursor: Cursor = None,
) -> Offices:
    """Offices of the scope, by code."""
    after = place_of(cursor, Place).code if cursor else ""
    with services.database.transaction(Role.READER) as reader:
        rows = view.page(reader, scope, after, limit + 1)
    return Offices(
        position=position,
        offices=[OfficeListed(**row) for row in rows[:limit]],
        next=next_cursor(rows, limit, Place, "code"),
    )


@router.get("/{code}", **READS_VERSION)
def read_office(
    code: OfficePath, response: Response, log: LogOf, account: SignedIn
) -> OfficeShown:
    """An office, read from the log itself."""
    require_office(account, code)
    events = log.stream(streams.office_stream(code))
    office = fold(recorded.event for recorded in events)
    if not office.exists:
        raise OfficeNotFound(code=code)
    response.headers["ETag"] = f'"{len(events)}"'
    division = DivisionCode(code)
    return OfficeShown(
        code=code,
        name=office.name,
        phone=office.phone,
        tier=division.tier,
        kind=kind_of(division),
        version=len(events),
    )
