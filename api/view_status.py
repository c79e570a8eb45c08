"""The route that tells where the views stand."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.contract import READS
from api.dependencies import ServicesOf, SignedIn
from api.waiting import standings_of

router = APIRouter(prefix="/views", tags=["views"])


class ViewStanding(BaseModel):
    name: str
    version: int
    position: int
    lag: int = Field(description="Events of the log it has not applied.")
    status: str = Field(description="running, or stopped at an event it cannot apply.")
    error: str | None


class ViewsStatus(BaseModel):
    last_position: int = Field(description="Of the log.")
    views: list[ViewStanding]


@router.get("/status", **READS)
def read_status(services: ServicesOf, _: SignedIn) -> ViewsStatus:
    """Position and lag of every view."""
    standings = standings_of(services.database)
    last = services.log.last_position()
    return ViewsStatus(
        last_position=last,
        views=[
            ViewStanding(
                name=each.name,
                version=each.version,
                position=each.position,
                lag=last - each.position,
                status=each.status,
                error=each.error,
            )
            for each in standings
        ],
    )
