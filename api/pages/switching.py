"""Switching the language of the pages: a form on every page, kept in a cookie."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from api.pages.addresses import local_path
from api.pages.language import COOKIE
from api.pages.routes import SEE_OTHER, PageRoute
from api.pages.sign_in import OWN_FORM

router = APIRouter(route_class=PageRoute, include_in_schema=False)
A_YEAR = 365 * 86_400


class LanguageForm(BaseModel):
    """An unknown language is Chinese, so whatever is sent is a choice."""

    to: str = Field("", max_length=10)
    next: str = Field("", max_length=2000)


@router.post("/language", dependencies=[OWN_FORM])
def switch(request: Request, form: Annotated[LanguageForm, Form()]) -> Response:
    """Keep the choice and show the page again from which it was made."""
    response = RedirectResponse(local_path(form.next), SEE_OTHER)
    response.set_cookie(
        COOKIE,
        form.to if form.to.isalnum() or "-" in form.to else "",
        max_age=A_YEAR,
        samesite="lax",
        httponly=True,
        secure=request.url.scheme == "https",
    )
    return response
