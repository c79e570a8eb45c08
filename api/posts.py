"""Routes on posts with an A and a B holder (AB岗)."""

from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from api.contract import CHANGES, CREATES, READS_VERSION
from api.cursors import next_cursor, place_of
from api.dependencies import LogOf, ServicesOf, SignedIn
from api.fields import Body, Name, OfficeCode
from api.listing import VIEWS, Cursor, Page, PageLimit, ScopeOf
from api.references import POST, events_of
from api.scope_of import require_office
from api.waiting import reached
from api.writing import WriteOf, Written
from domain.post.commands import ChangePostHolders, EstablishPost
from domain.post.state import Post, fold
from infra.database import Role
from infra.event_log import EventLog
from projections import posts as view

router = APIRouter(prefix="/posts", tags=["staff"])
NOBODY = UUID(int=0)
A, B = "00000000-0000-4000-8000-000000000065", "00000000-0000-4000-8000-000000000066"


class HoldersBody(Body):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"primary": A, "backup": B}]}
    )

    primary: UUID = Field(description="A岗")
    backup: UUID = Field(description="B岗: another officer (R-229).")


class PostBody(HoldersBody):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "office": "640323101000",
                    "name": "综合窗口",
                    "primary": A,
                    "backup": B,
                }
            ]
        }
    )

    office: OfficeCode
    name: Name


class Place(NamedTuple):
    post_id: UUID


class PostListed(BaseModel):
    post_id: UUID
    office_code: str
    name: str
    primary_holder: UUID
    backup_holder: UUID


class Posts(Page):
    posts: list[PostListed]


class PostShown(BaseModel):
    id: UUID
    office: str
    name: str
    primary: UUID | None
    backup: UUID | None
    version: int


@router.post("", **CREATES)
def establish_post(body: PostBody, write: WriteOf) -> Written:
    """Establish a post with its two holders (R-226, R-229)."""
    require_office(write.account, body.office)
    command = EstablishPost(
        post_id=write.new_id,
        office_code=body.office,
        name=body.name,
        primary=body.primary,
        backup=body.backup,
        now=write.now,
    )
    return write.do(command, at="posts")


@router.put("/{post_id}/holders", **CHANGES)
def change_holders(post_id: UUID, body: HoldersBody, write: WriteOf) -> Written:
    """Name the two holders of a post anew."""
    post, _ = post_of(write.services.log, post_id)
    require_office(write.account, post.office_code)
    command = ChangePostHolders(
        post_id=post_id, primary=body.primary, backup=body.backup, now=write.now
    )
    return write.do(command)


@router.get("", **VIEWS)
def list_posts(
    services: ServicesOf,
    scope: ScopeOf,
    position: Annotated[int, Depends(reached(view.NAME))],
    limit: PageLimit = 100,
    cursor: Cursor = None,
) -> Posts:
    """Posts of the scope's offices."""
    after = place_of(cursor, Place).post_id if cursor else NOBODY
    with services.database.transaction(Role.READER) as reader:
        rows = view.page(reader, scope, after, limit + 1)
    return Posts(
        position=position,
        posts=[PostListed(**row) for row in rows[:limit]],
        next=next_cursor(rows, limit, Place, "post_id"),
    )


@router.get("/{post_id}", **READS_VERSION)
def read_post(
    post_id: UUID, response: Response, log: LogOf, account: SignedIn
) -> PostShown:
    """A post and who holds it now."""
    post, version = post_of(log, post_id)
    require_office(account, post.office_code)
    response.headers["ETag"] = f'"{version}"'
    return PostShown(
        id=post_id,
        office=post.office_code,
        name=post.name,
        primary=post.primary,
        backup=post.backup,
        version=version,
    )


def post_of(log: EventLog, post_id: UUID) -> tuple[Post, int]:
    """The post with its version; raises ``PostNotFound``."""
    events = events_of(log, post_id, POST)
    return fold(recorded.event for recorded in events), len(events)
