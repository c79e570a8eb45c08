"""Routes on supervision policy: when a case is warned of (R-403)."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.contract import CREATES, READS_VERSION
from api.dependencies import LogOf, SignedIn
from api.faults import PolicyIsNotPublished
from api.fields import Body, Prose
from api.scope_of import require_county
from api.writing import WriteOf, Written
from domain.supervision.commands import PublishWarningPolicy
from domain.supervision.events import WarningPolicyPublished
from infra.subjects import streams

router = APIRouter(prefix="/warning-policies", tags=["calendar"])


class PolicyBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "yellow_percent": 20,
                    "yellow_min_workdays": 1,
                    "basis": "县政务服务中心通知〔2026〕3号",
                }
            ]
        }
    )

    yellow_percent: Annotated[int, Field(strict=True, ge=0, le=100)]
    yellow_min_workdays: Annotated[int, Field(strict=True, ge=0, le=1000)]
    basis: Prose


class PolicyShown(BaseModel):
    version: int
    yellow_percent: int
    yellow_min_workdays: int
    basis: str


@router.post("", **CREATES)
def publish_policy(body: PolicyBody, write: WriteOf) -> Written:
    """Publish when yellow begins, from now on, for the whole county."""
    require_county(write.account)
    command = PublishWarningPolicy(**body.model_dump(), now=write.now)
    return write.do(command, name="warning", at="warning-policies")


@router.get("/warning", **READS_VERSION)
def read_policy(response: Response, log: LogOf, _: SignedIn) -> PolicyShown:
    """The policy in force, with what it rests on."""
    stream = log.stream(streams.WARNING_POLICY)
    if not stream:
        raise PolicyIsNotPublished
    event: WarningPolicyPublished = stream[-1].event
    response.headers["ETag"] = f'"{len(stream)}"'
    return PolicyShown.model_validate(event, from_attributes=True)
