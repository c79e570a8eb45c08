"""The page on which a citizen rates a case, reached by the link he was given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from api.dependencies import Now, ServicesOf
from api.pages.language import N_
from api.pages.rating_content import MayRate, RatingPage, rating_page
from api.pages.rendering import page
from api.pages.routes import NOT_FOUND, SEE_OTHER, UNREADABLE, PageRoute
from api.pages.sign_in import OWN_FORM
from api.rating_links import case_of_token
from api.statuses import STATUS
from api.tokens import COOKIE
from api.writing import Write
from domain.authority import Role
from domain.case.commands import RateCase, RatingChannel, RatingLevel
from domain.case.refusals import CaseIsRated, CaseNotFound
from domain.rejections import Rejection
from infra.accounts import Account
from infra.case_at import CaseAt
from infra.replay import as_it_stands
from infra.services import Services

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ACTOR = "citizen-link"
REFUSED_TO_STAFF, MOST_OPTIONS = 403, 20
NO_LEVEL = N_("请先选择满意程度")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the form says: options count only of the level that was chosen."""

    level: str = ""
    options: tuple[str, ...] = ()


async def _told(request: Request) -> Told:
    form = await request.form()
    level = str(form.get("level", ""))
    options = form.getlist(f"options-{level}")[:MOST_OPTIONS]
    fit = tuple(o for o in options if isinstance(o, str) and o.isdecimal())
    return Told(level=level, options=fit)


def _linked(token: str, services: ServicesOf, now: Now) -> CaseAt | None:
    case_id = case_of_token(services.keys, token)
    return None if case_id is None else as_it_stands(services.log, case_id, now)


Linked = Annotated[CaseAt | None, Depends(_linked)]


@router.get("/r/{token}")  # noqa: FAST003  read by the dependency
def show(request: Request, found: Linked, services: ServicesOf) -> Response:
    """The form, or in a sentence why there is none."""
    if found is None:
        return page(request, "rating_unknown.html", NOT_FOUND)
    content = rating_page(found.case, services.log, is_staff=_is_staff(request))
    refused = content.may is MayRate.STAFF
    return _shown(request, content, REFUSED_TO_STAFF if refused else 200)


@router.post("/r/{token}", dependencies=[OWN_FORM])  # noqa: FAST003  as above
def rate(
    request: Request,
    found: Linked,
    services: ServicesOf,
    now: Now,
    told: Annotated[Told, Depends(_told)],
) -> Response:
    """R-303: once; R-305: never by staff. Whatever came of it is then shown."""
    if found is None:
        return page(request, "rating_unknown.html", NOT_FOUND)
    content = rating_page(found.case, services.log, is_staff=_is_staff(request))
    if content.may is MayRate.STAFF:
        return _shown(request, content, REFUSED_TO_STAFF)
    if content.may is MayRate.YES and told.level not in set(RatingLevel):
        return _shown(request, content, UNREADABLE, refusal=NO_LEVEL)
    try:
        if content.may is MayRate.YES:
            _rate(request, services, found, told, now)
    except CaseIsRated:
        pass  # by another's hand a moment before; the page says that it is rated
    except Rejection as refusal:
        return _shown(request, content, STATUS[refusal.code], told, refusal.title)
    return RedirectResponse(f"{request.url.path}?done=1", SEE_OTHER)


def _is_staff(request: Request) -> bool:
    """Whoever works with the platform here does not rate here (R-305)."""
    return COOKIE in request.cookies


def _shown(
    request: Request,
    content: RatingPage,
    status: int,
    told: Told | None = None,
    refusal: str = "",
) -> Response:
    shown = {
        "rating": content,
        "told": told or Told(),
        "refusal": refusal,
        "done": "done" in request.query_params,
    }
    response = page(request, "rating.html", status, shown)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _rate(
    request: Request, services: Services, found: CaseAt, told: Told, now: datetime
) -> None:
    """Under a key of the link and of what is said: a double click is one rating."""
    case = found.case
    if case.case_id is None:
        raise CaseNotFound
    said = f"{told.level}|{','.join(told.options)}|{found.version}"
    command = RateCase(
        case_id=case.case_id,
        level=RatingLevel(told.level),
        channel=RatingChannel.QR_CODE,
        options=told.options,
        now=now,
    )
    write = Write(
        services=services,
        account=Account(name=ACTOR, role=Role.EVALUATOR, office_code=case.office_code),
        key=services.keys.digest(f"rating|{case.case_id}|{said}"),
        expected=None,
        correlation_id=request.state.correlation_id,
        now=now,
        response=Response(),
        channel="qr_code",
    )
    write.do(command)
