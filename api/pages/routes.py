"""The routes of pages: what a browser is told when a page cannot be shown."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.dependencies import tokens_of
from api.faults import Fault, NotSignedIn, TokenHasExpired
from api.pages.language import N_, language_of, speaking
from api.pages.rendering import address_of, page
from api.statuses import STATUS
from api.tokens import COOKIE
from domain.rejections import NoSuchThing, Rejection
from infra.accounts import Account

SEE_OTHER, NOT_SIGNED_IN, NOT_FOUND, UNREADABLE = 303, 401, 404, 422
HEADING = N_("没有找到该页面")
UNFIT = N_("地址或表单不正确")
UNFIT_ADVICE = N_("请检查网址中的区划代码、时间，或表单内容。")
ADVICE = N_("内容不存在，或不在您的辖区范围内。")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class FormIsForeign(Fault):
    code, status, rule = "form-is-foreign", 403, "R-822"
    title = "表单不是从本系统页面提交的"
    remedy = "请从本系统的页面重新操作。"


def error_page(
    request: Request, status: int, heading: str = HEADING, advice: str = ADVICE
) -> Response:
    """A page that says what is wrong and what to do, with the menu if signed in."""
    visitor = _visitor(request)
    told = {
        "heading": heading,
        "advice": advice,
        # Not "account": unread notices would be counted, and the database be away.
        "visitor": visitor,
        "layout": "signed_in.html" if visitor else "page.html",
    }
    return page(request, "error.html", status, told)


def _visitor(request: Request) -> Account | None:
    """Whose session the cookie is, as its signature alone tells."""
    token = request.cookies.get(COOKIE)
    try:
        return tokens_of(request).account(token) if token else None
    except (NotSignedIn, TokenHasExpired):
        return None


def sign_in_page(request: Request) -> Response:
    """The way to the sign-in page and, after it, back to here.

    A form stands at the address that it is sent to; what it held is lost.
    """
    wanted = quote(address_of(request), safe="")
    lost = "&expired=1" if request.method == "POST" else ""
    return RedirectResponse(f"/login?next={wanted}{lost}", SEE_OTHER)


class PageRoute(APIRoute):
    """A route whose refusals are pages, where the API's are problem documents."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                with speaking(language_of(request)):
                    return await handle(request)
            except HTTPException as fault:
                return _of_fault(request, fault)
            except Rejection as refusal:
                return _of_rejection(request, refusal)
            except RequestValidationError:
                return error_page(request, UNREADABLE, UNFIT, UNFIT_ADVICE)

        return answer


def _of_fault(request: Request, fault: HTTPException) -> Response:
    if fault.status_code == NOT_SIGNED_IN:
        return sign_in_page(request)
    if isinstance(fault, Fault):
        return error_page(request, fault.status, fault.title, fault.remedy)
    return error_page(request, fault.status_code)


def _of_rejection(request: Request, refusal: Rejection) -> Response:
    """What is missing and what may not be seen read alike."""
    if isinstance(refusal, NoSuchThing):
        return error_page(request, NOT_FOUND)
    return error_page(request, STATUS[refusal.code], refusal.title, refusal.remedy)
