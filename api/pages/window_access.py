"""Who works at the window, and what a form of its pages says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Depends, Request, Response

from api.dependencies import Now, ServicesOf, SignedIn
from api.faults import Fault
from api.pages.language import N_
from api.writing import Write
from domain.authority import Role
from infra.accounts import Account
from infra.services import Services

MOST_VALUES = 200


class NoWindow(Fault):
    code, status, rule = "no-window", 403, "R-822"
    title = N_("此账号没有对应的窗口人员")
    remedy = N_("请用窗口人员的账号登录，或请管理员为账号关联工作人员。")


class FormIsSpoiled(Fault):
    code, status = "form-is-spoiled", 422
    title = N_("表单内容不完整")
    remedy = N_("请返回上一页，刷新后重新填写。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent: ``version`` is what the sender had seen of the case."""

    key: str
    version: int | None
    values: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "")

    def many(self, name: str) -> tuple[str, ...]:
        return tuple(self.values.get(name, ()))


def new_key() -> str:
    """Of one form as shown: sent twice it is done once."""
    return uuid4().hex


async def _sent(request: Request) -> Sent:
    values: dict[str, list[str]] = {}
    form = await request.form(max_fields=MOST_VALUES, max_files=0)
    for name, value in form.multi_items():
        if isinstance(value, str):
            # A browser ends lines as the internet does, the log as people do.
            values.setdefault(name, []).append(value.replace("\r\n", "\n"))
    key = next(iter(values.get("key", ())), "")
    version = next(iter(values.get("version", ())), "")
    if not (key.isascii() and key.isalnum() and len(key) <= len(new_key())):
        raise FormIsSpoiled
    is_number = version.isascii() and version.isdecimal() and len(version) <= 9  # noqa: PLR2004
    return Sent(key=key, version=int(version) if is_number else None, values=values)


FormSent = Annotated[Sent, Depends(_sent)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A clerk at a page of the window, at an instant of the log's clock."""

    request: Request
    services: Services
    account: Account
    officer: UUID
    now: datetime

    def write(self, key: str, expected: int | None = None) -> Write:
        """A write as the API's routes have it, so all of its rules hold here too."""
        return Write(
            services=self.services,
            account=self.account,
            key=f"form-{key}",
            expected=expected,
            correlation_id=self.request.state.correlation_id,
            now=self.now,
            response=Response(),
            channel="window",
        )


def _visit(
    request: Request, services: ServicesOf, account: SignedIn, now: Now
) -> Visit:
    """Raises ``NoWindow`` for whoever does no window's work."""
    if account.role is not Role.CLERK or account.officer_id is None:
        raise NoWindow
    return Visit(
        request=request,
        services=services,
        account=account,
        officer=account.officer_id,
        now=now,
    )


AtWindow = Annotated[Visit, Depends(_visit)]
