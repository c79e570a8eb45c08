"""One form for each step of a case, on an address of its own."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from api.pages.language import N_
from api.pages.rendering import page
from api.pages.routes import NOT_FOUND, SEE_OTHER, UNREADABLE, PageRoute
from api.pages.sign_in import OWN_FORM
from api.pages.window_access import AtWindow, FormSent, Sent, Visit, new_key
from api.pages.window_case_content import Change, case_shown, changes_since
from api.pages.window_desk import CaseAtDesk, case_at_desk
from api.pages.window_fields import Field, as_typed, errors_of, plain, refused_at
from api.pages.window_obstacles import obstacle_to
from api.pages.window_step_fields import fields_of
from api.pages.window_steps_table import STEPS
from api.scope_of import require_case
from api.statuses import STATUS
from api.writing import Written
from domain.case.commands import Outcome
from domain.case.refusals import CaseNotFound
from domain.rejections import Rejection
from infra.outcome import VersionIsStale

router = APIRouter(
    prefix="/window/cases", route_class=PageRoute, include_in_schema=False
)
CONFLICT = 409
INVALID = N_("有内容没有填好，请更正后重新提交。")


def _step(step: str) -> str:
    if step not in STEPS:
        raise HTTPException(NOT_FOUND)
    return step


StepName = Annotated[str, Depends(_step)]


@router.get("/{case_id}/{step}")
def show_step(case_id: UUID, step: StepName, visit: AtWindow) -> Response:
    """The form of one step; what is not lawful now is said, not offered."""
    desk = case_at_desk(visit, case_id)
    status = 200 if step in desk.steps else CONFLICT
    fields = fields_of(step, desk, visit.services.database)
    return _form(visit, desk, step, status, fields)


@router.post("/{case_id}/{step}", dependencies=[OWN_FORM])
def take_step(
    case_id: UUID, step: StepName, visit: AtWindow, sent: FormSent
) -> Response:
    """Do it as the API would; refused, the form comes again with what was typed."""
    write = visit.write(sent.key, sent.version)
    require_case(visit.services, visit.account, case_id, write.key)
    try:
        body = STEPS[step].body.model_validate(_told(step, sent))
        written = STEPS[step].run(case_id, body, write)
    except (ValidationError, Rejection) as why:
        return _again(visit, case_id, step, sent, why)
    return _taken(visit, case_id, step, written)


def _told(step: str, sent: Sent) -> dict[str, object]:
    """A grant tells no remedies: the proposed sentence is for refusals (R-138)."""
    told = plain(STEPS[step].body, sent)
    if step == "decision" and told.get("outcome") == Outcome.GRANTED:
        told.pop("remedies", None)
    return told


def _taken(visit: Visit, case_id: UUID, step: str, written: Written) -> Response:
    """Back to the case, or to the list if it has left the clerk's scope."""
    address = f"/window/cases/{case_id}"
    try:
        require_case(visit.services, visit.account, case_id)
    except CaseNotFound:
        address = "/window"
    told = f"?done={step}&after={written.position}"
    return RedirectResponse(address + told, SEE_OTHER)


def _again(
    visit: Visit,
    case_id: UUID,
    step: str,
    sent: Sent,
    why: ValidationError | Rejection,
) -> Response:
    desk = case_at_desk(visit, case_id)
    fields = fields_of(step, desk, visit.services.database)
    if isinstance(why, ValidationError):
        fields = as_typed(fields, sent, errors_of(why))
        status = UNREADABLE if step in desk.steps else CONFLICT
        return _form(visit, desk, step, status, fields, invalid=INVALID)
    is_late = isinstance(why, VersionIsStale)
    return _form(
        visit,
        desk,
        step,
        STATUS[why.code],
        as_typed(fields, sent, refused_at(why, sent)),
        refusal=why,
        changed=changes_since(desk.found, sent.version or 0) if is_late else (),
    )


def _form(  # noqa: PLR0913  what a form shows
    visit: Visit,
    desk: CaseAtDesk,
    step: str,
    status: int,
    fields: Sequence[Field],
    *,
    refusal: Rejection | None = None,
    invalid: str = "",
    changed: Sequence[Change] = (),
) -> Response:
    """A new key every time: what is sent again after a refusal is another request."""
    is_offered = step in desk.steps
    content = {
        "account": visit.account,
        "case": case_shown(desk),
        "name": step,
        "step": STEPS[step],
        "is_offered": is_offered,
        "obstacle": None if is_offered else obstacle_to(step, desk),
        "key": new_key(),
        "fields": fields,
        "refusal": refusal,
        "invalid": invalid,
        "changed": changed,
    }
    return page(visit.request, "step.html", status, content)
