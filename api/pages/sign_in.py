"""Signing in and out in a browser: the API's token in a cookie no script can read."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import ServicesOf, SignedIn, TokensOf
from api.faults import PasswordIsWrong
from api.pages.addresses import is_own_form, local_path
from api.pages.rendering import page
from api.pages.routes import SEE_OTHER, FormIsForeign, PageRoute
from api.tokens import COOKIE
from infra.accounts import verify

router = APIRouter(route_class=PageRoute, include_in_schema=False)


def own_form(request: Request) -> None:
    if not is_own_form(request):
        raise FormIsForeign


OWN_FORM = Depends(own_form)


class SignInForm(BaseModel):
    """What a browser sends; a password that nobody can have is not even tried."""

    model_config = ConfigDict(hide_input_in_errors=True)

    account: str = Field("", max_length=100)
    password: str = Field("", max_length=200)
    next: str = Field("", max_length=2000)


@router.get("/")
def home(account: SignedIn) -> Response:
    """Where one's work is: the window, else the board of one's own office."""
    works_at_window = account.officer_id is not None
    board = f"/board?office={account.office_code}"
    return RedirectResponse("/window" if works_at_window else board, SEE_OTHER)


@router.get("/login")
def sign_in_page(
    request: Request,
    wanted: Annotated[str, Query(alias="next")] = "",
    expired: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    """``expired``: a form was sent without a session, so what it held is lost."""
    return _form(request, wanted, is_expired=expired == "1")


@router.post("/login", dependencies=[OWN_FORM])
def sign_in(
    request: Request,
    services: ServicesOf,
    tokens: TokensOf,
    form: Annotated[SignInForm, Form()],
) -> Response:
    """Set the cookie and go to where the visitor was going."""
    known = verify(services.database, form.account, form.password)
    if known is None:
        return _form(request, form.next, form.account, PasswordIsWrong)
    response = RedirectResponse(local_path(form.next), SEE_OTHER)
    token, _ = tokens.issue(known)
    response.set_cookie(
        COOKIE,
        token,
        max_age=services.settings.token_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/logout", dependencies=[OWN_FORM])
def sign_out() -> Response:
    response = RedirectResponse("/login", SEE_OTHER)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response


def _form(
    request: Request,
    wanted: str,
    account: str = "",
    refusal: type[PasswordIsWrong] | None = None,
    *,
    is_expired: bool = False,
) -> Response:
    following = local_path(wanted)
    again = "&expired=1" if is_expired else ""
    content = {
        "typed": account,
        "next": following,
        "here": f"/login?next={quote(following, safe='')}{again}",
        "is_expired": is_expired,
        "refusal": refusal.title if refusal else "",
        "demo_accounts": request.app.state.sign_ins,
    }
    status = refusal.status if refusal else 200
    return page(request, "login.html", status, content)
