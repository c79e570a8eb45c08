"""Routes on officers: who works where, as the window badge says."""

from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from api.contract import CREATES, READS_VERSION
from api.cursors import next_cursor, place_of
from api.dependencies import LogOf, ServicesOf, SignedIn
from api.fields import Body, Name, OfficeCode, Word
from api.listing import VIEWS, Cursor, Page, PageLimit, ScopeOf
from api.references import OFFICER, events_of
from api.scope_of import require_office
from api.waiting import reached
from api.writing import WriteOf, Written
from domain.staff.commands import RegisterOfficer
from domain.staff.state import fold
from infra.database import Role
from projections import officers as view

router = APIRouter(prefix="/officers", tags=["staff"])
NOBODY = UUID(int=0)


class OfficerBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"staff_no": "A001", "badge_name": "安娜", "office": "640323101000"}
            ]
        }
    )

    staff_no: Word
    badge_name: Name
    office: OfficeCode


class Place(NamedTuple):
    officer_id: UUID


class OfficerListed(BaseModel):
    officer_id: UUID
    staff_no: str | None
    name: str
    office_code: str
    is_from_source: bool


class Officers(Page):
    officers: list[OfficerListed]


class OfficerShown(BaseModel):
    id: UUID
    staff_no: str
    name: str
    office: str
    is_from_source: bool = Field(description="Named by a foreign log only.")


@router.post("", **CREATES)
def register_officer(body: OfficerBody, write: WriteOf) -> Written:
    """Register an officer of an office (R-226)."""
    require_office(write.account, body.office)
    command = RegisterOfficer(
        officer_id=write.new_id,
        staff_no=body.staff_no,
        badge_name=body.badge_name,
        office_code=body.office,
        now=write.now,
    )
    return write.do(command, at="officers")


@router.get("", **VIEWS)
def list_officers(
    services: ServicesOf,
    scope: ScopeOf,
    position: Annotated[int, Depends(reached(view.NAME))],
    limit: PageLimit = 100,
    cursor: Cursor = None,
) -> Officers:
    """Officers of the scope's offices."""
    after = place_of(cursor, Place).officer_id if cursor else NOBODY
    with services.database.transaction(Role.READER) as reader:
        rows = view.page(reader, scope, after, limit + 1)
    return Officers(
        position=position,
        officers=[OfficerListed(**row) for row in rows[:limit]],
        next=next_cursor(rows, limit, Place, "officer_id"),
    )


@router.get("/{officer_id}", **READS_VERSION)
def read_officer(
    officer_id: UUID, response: Response, log: LogOf, account: SignedIn
) -> OfficerShown:
    """An officer, as the window badge shows him."""
    events = events_of(log, officer_id, OFFICER)
    officer = fold(recorded.event for recorded in events)
    require_office(account, officer.office_code)
    response.headers["ETag"] = f'"{len(events)}"'
    return OfficerShown(
        id=officer_id,
        staff_no=officer.staff_no,
        name=officer.name,
        office=officer.office_code,
        is_from_source=officer.is_from_source,
    )
