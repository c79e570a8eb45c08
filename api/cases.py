"""Routes on cases: opening one, and reading one as it stands or stood."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import ConfigDict, Field

from api.case_answers import CaseShown, CaseThen, Timeline
from api.contract import CREATES, READS, READS_VERSION
from api.dependencies import LogOf, Now, ServicesOf, SignedIn
from api.fields import Body, Instant, ItemCode
from api.next_steps import missing_materials, next_steps
from api.posts import post_of
from api.scope_of import require_case, require_office
from api.writing import WriteOf, Written
from domain.case.commands import Channel, OpenCase
from domain.case.refusals import CaseNotFound
from domain.case.state import Case
from domain.catalogue import state as catalogue
from domain.catalogue.state import ItemVersion
from infra.case_at import Axis, CaseAt
from infra.event_log import EventLog
from infra.replay import as_it_stands, as_of, case_plain, limits_plain, to_plain
from infra.subjects import streams

router = APIRouter(prefix="/cases", tags=["cases"])


class CaseBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "item_code": "11640323MB0000001X4000511001000",
                    "applicant": "00000000-0000-4000-8000-0000000000c9",
                    "post": "00000000-0000-4000-8000-00000000012d",
                    "channel": "window",
                }
            ]
        }
    )

    item_code: ItemCode
    applicant: UUID = Field(description="Id of a registered party.")
    post: UUID = Field(description="Held by the officer who receives the person.")
    channel: Channel


def _seen_case(case_id: UUID, services: ServicesOf, account: SignedIn) -> UUID:
    require_case(services, account, case_id)
    return case_id


SeenCase = Annotated[UUID, Depends(_seen_case)]


@router.post("", **CREATES)
def open_case(body: CaseBody, write: WriteOf) -> Written:
    """Open a case: who receives the person first is responsible (R-201)."""
    post, _ = post_of(write.services.log, body.post)
    require_office(write.account, post.office_code)
    command = OpenCase(
        case_id=write.new_id,
        item_code=body.item_code,
        applicant=body.applicant,
        post=body.post,
        by=write.by,
        channel=body.channel,
        now=write.now,
    )
    return write.do(command, at="cases")


@router.get("/{case_id}", **READS_VERSION)
def read_case(case_id: SeenCase, response: Response, log: LogOf, now: Now) -> CaseShown:
    """A case as it stands: read from the log itself, so never behind a write."""
    found = _required(as_it_stands(log, case_id, now))
    response.headers["ETag"] = f'"{found.version}"'
    item = _item_of(log, found.case)
    plain = {
        "version": found.version,
        "at": found.at,
        "case": case_plain(found.case),
        "limits": limits_plain(found),
        "missing_materials": missing_materials(found.case, item),
        "next_steps": next_steps(found.case, item),
    }
    return CaseShown.model_validate(plain)


@router.get("/{case_id}/timeline", **READS_VERSION)
def read_timeline(
    case_id: SeenCase, response: Response, log: LogOf, now: Now
) -> Timeline:
    """The whole way of a case, oldest step first, with both times of each."""
    plain = to_plain(_required(as_it_stands(log, case_id, now)))
    response.headers["ETag"] = f'"{plain["version"]}"'
    return Timeline(version=plain["version"], steps=plain["timeline"])


@router.get("/{case_id}/replay", **READS)
def replay_case(
    case_id: SeenCase,
    log: LogOf,
    at: Annotated[Instant, Query(examples=["2026-09-17T09:00:00+08:00"])],
    axis: Axis = "effective",
) -> CaseThen:
    """State and timeline as of an instant; 404 if there was no such case yet."""
    return CaseThen.model_validate(to_plain(_required(as_of(log, case_id, at, axis))))


def _required(found: CaseAt | None) -> CaseAt:
    if found is None:
        raise CaseNotFound
    return found


def _item_of(log: EventLog, case: Case) -> ItemVersion | None:
    if case.is_imported:
        return None
    stream = log.stream(streams.item_stream(case.item_code))
    item = catalogue.fold(recorded.event for recorded in stream)
    return item.version(case.item_version)
