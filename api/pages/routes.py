"""The routes of pages: what a browser is told when a page cannot be shown."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.faults import Fault
from api.pages.rendering import page
from api.statuses import STATUS
from domain.rejections import NoSuchThing, Rejection

SEE_OTHER, NOT_SIGNED_IN, NOT_FOUND, UNREADABLE = 303, 401, 404, 422
HEADING = "没有找到该页面"
UNFIT = "地址或表单不正确"
UNFIT_ADVICE = "请检查网址中的区划代码、时间，或表单内容。"
ADVICE = "内容不存在，或不在您的辖区范围内。"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class FormIsForeign(Fault):
    code, status, rule = "form-is-foreign", 403, "R-822"
    title = "表单不是从本系统页面提交的"
    remedy = "请从本系统的页面重新操作。"


def error_page(
    request: Request, status: int, heading: str = HEADING, advice: str = ADVICE
) -> Response:
    """A page that says in Chinese what is wrong and what to do."""
    told = {"heading": heading, "advice": advice}
    return page(request, "error.html", status, told)


def sign_in_page(request: Request) -> Response:
    """The way to the sign-in page and, after it, back to here."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(wanted, safe='')}", SEE_OTHER)


class PageRoute(APIRoute):
    """A route whose refusals are pages, where the API's are problem documents."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
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
