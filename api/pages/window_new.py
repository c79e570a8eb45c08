"""Opening a case in one form: the applicant is registered, or found again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from api.cases import CaseBody, open_case
from api.faults import Fault
from api.pages.language import N_
from api.pages.rendering import page
from api.pages.routes import SEE_OTHER, UNREADABLE, PageRoute
from api.pages.sign_in import OWN_FORM
from api.pages.window_access import AtWindow, FormSent, Sent, Visit, new_key
from api.pages.window_fields import Field, as_typed, errors_of, plain, refused_at
from api.pages.window_new_fields import CONFIRMED, case_fields, party_fields
from api.parties import PartyBody, register_party
from api.statuses import STATUS
from domain.party.masking import MaskingLevel, masked_name
from domain.party.state import Party, fold
from domain.rejections import Rejection
from infra.event_log import EventLog

router = APIRouter(prefix="/window", route_class=PageRoute, include_in_schema=False)
CONFLICT = 409
INVALID = N_("有内容没有填好，请更正后重新提交。")
# Until the applicant is registered.
UNKNOWN = {"applicant": UUID(int=0)}


class NameDiffers(Exception):
    """The number is registered under another name; ``shown`` is that name, masked."""

    def __init__(self, shown: str) -> None:
        super().__init__("name-differs")
        self.shown = shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Why the form comes again."""

    status: int = 200
    refusal: type[Rejection] | type[Fault] | None = None
    invalid: str = ""
    registered: str = ""


@router.get("/new")
def show_form(visit: AtWindow) -> Response:
    """An empty form; what is personal is never in an address (R-807)."""
    return _form(visit, _case_fields(visit), party_fields(), Told())


@router.post("/new", dependencies=[OWN_FORM])
def open_new(visit: AtWindow, sent: FormSent) -> Response:
    """Register or find the applicant, then open the case, each done once."""
    errors: dict[str, str] = {}
    try:
        case_id, position = _opened(visit, sent)
    except ValidationError:
        errors = _errors(sent)
        told = Told(status=UNREADABLE, invalid=INVALID)
    except NameDiffers as differs:
        told = Told(status=CONFLICT, registered=differs.shown)
    except Rejection as refusal:
        errors = refused_at(refusal, sent)
        told = Told(status=STATUS[refusal.code], refusal=type(refusal))
    except Fault as fault:
        told = Told(status=fault.status, refusal=type(fault))
    else:
        address = f"/window/cases/{case_id}?done=opened&after={position}"
        return RedirectResponse(address, SEE_OTHER)
    case = as_typed(_case_fields(visit), sent, errors)
    return _form(visit, case, as_typed(party_fields(), sent, errors), told)


def _case_fields(visit: Visit) -> Sequence[Field]:
    return case_fields(
        visit.services.database, visit.account.office_code, visit.officer
    )


def _opened(visit: Visit, sent: Sent) -> tuple[str, int]:
    """Id of the case and the log's position then. All is checked before it begins."""
    party = PartyBody.model_validate(plain(PartyBody, sent))
    case = CaseBody.model_validate(plain(CaseBody, sent) | UNKNOWN)
    found = UUID(register_party(party, visit.write(f"{sent.key}-party")).id)
    applicant, known = _kept(visit.services.log, found)
    is_confirmed = sent.one(CONFIRMED) == CONFIRMED
    if known.name is not None and known.name != party.name and not is_confirmed:
        shown = masked_name(known.name.reveal(), MaskingLevel.STAFF_LIST)
        raise NameDiffers(shown)
    case = case.model_copy(update={"applicant": applicant})
    made = open_case(case, visit.write(sent.key))
    return made.id, made.position


def _errors(sent: Sent) -> dict[str, str]:
    """Of both halves of the form at once."""
    errors: dict[str, str] = {}
    for body in (PartyBody, CaseBody):
        unknown = UNKNOWN if body is CaseBody else {}
        try:
            body.model_validate(plain(body, sent) | unknown)
        except ValidationError as error:
            errors |= errors_of(error)
    return errors


def _kept(log: EventLog, party_id: UUID) -> tuple[UUID, Party]:
    """The party itself, or the one that stays of those registered twice."""
    party = fold(recorded.event for recorded in log.stream(party_id))
    if party.merged_into is not None:
        return _kept(log, party.merged_into)
    return party_id, party


def _form(
    visit: Visit, case: Sequence[Field], party: Sequence[Field], told: Told
) -> Response:
    content = {
        "account": visit.account,
        "case_fields": case,
        "party_fields": party,
        "key": new_key(),
        "told": told,
        "confirmed": CONFIRMED,
        "has_posts": any(f.choices for f in case if f.name == "post"),
    }
    return page(visit.request, "window_new.html", told.status, content)
