"""Liveness and readiness of the process, and where its views stand."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.contract import problems
from api.dependencies import ServicesOf
from api.waiting import standings_of

router = APIRouter(tags=["service"])


class Alive(BaseModel):
    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    status: Literal["ready"] = "ready"
    is_simulated: bool = Field(description="模拟数据: the log is a simulated one.")
    stopped_views: list[str] = Field(description="They need somebody to look.")


@router.get("/healthz", responses=problems(405))
async def is_alive() -> Alive:
    """The process answers; nothing else is asked."""
    return Alive()


@router.get("/readyz", responses=problems(405, 503))
def is_ready(services: ServicesOf) -> Ready:
    """The store answers. A stopped view is told but takes no service away."""
    services.clock()
    standings = standings_of(services.database)
    stopped = [each.name for each in standings if each.status == "stopped"]
    return Ready(is_simulated=services.simulated, stopped_views=stopped)
