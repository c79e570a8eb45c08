"""One write: who, under which key, against which version, and its answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID, uuid4

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel, Field

from api.dependencies import JsonOnly, ServicesOf, SignedIn
from api.faults import IfMatchIsMalformed, KeyIsMalformed
from api.references import require_kinds
from api.scope_of import require_case
from domain.authority import RoleMayNot
from infra.accounts import Account
from infra.context import Context
from infra.context import Request as DeskRequest
from infra.outcome import Status
from infra.services import Services

PREFIX = "/api/v1"
OK = 200
POSITION = "Banjian-Position"
REPEATED = "Idempotency-Replayed"


Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Chosen by the caller, one for each write; the same when it is"
        " repeated: then the first answer is given again.",
        examples=["2f1c2e0a-open-case"],
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        pattern=r'^(\*|"[0-9]{1,18}")$',
        description="ETag of what the caller has seen: refused with 412 if it has"
        " changed since. `*`: whatever it is now.",
        examples=['"3"'],
    ),
]


class Written(BaseModel):
    """What a write came to. Reading with ``?after=position`` shows its effect."""

    status: Literal["done", "already_so"] = Field(
        description="already_so: it was like this before, nothing was written."
    )
    id: str = Field(description="Of the thing written, as addresses name it.")
    version: int = Field(description="The thing's version, as in ETag.")
    position: int = Field(description="The log's position to wait for.")
    positions: list[int] = Field(description="Positions of the new events.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """What a route that writes has at hand. ``channel``: the way it came in."""

    services: Services
    account: Account
    key: str
    expected: int | None
    correlation_id: str
    now: datetime
    response: Response
    channel: str = "api"

    @property
    def new_id(self) -> UUID:
        """The id of what this request creates, the same when it is repeated."""
        return self.services.keys.new_id(self.account.name, self.key)

    @property
    def by(self) -> UUID:
        """The acting officer; an account without one does no window's work."""
        if self.account.officer_id is None:
            raise RoleMayNot(role=self.account.role, officer=None)
        return self.account.officer_id

    def do(
        self, command: object, *, name: str | None = None, at: str | None = None
    ) -> Written:
        """Give the command to the desk and tell the outcome.

        ``name`` is what addresses call the thing, if not its id; ``at`` the
        collection where what was newly made is found.
        """
        require_kinds(self.services.log, command, self.new_id)
        outcome = self.services.desk.execute(
            DeskRequest(
                command=command, context=self._context(), expected_version=self.expected
            )
        )
        written = Written(
            status="done" if outcome.status is Status.DONE else "already_so",
            id=name or str(outcome.subject),
            version=outcome.version,
            position=outcome.position,
            positions=list(outcome.positions),
        )
        self._tell(written, at, is_repeated=outcome.is_repeated)
        return written

    def _context(self) -> Context:
        account = self.account
        return Context(
            actor=account.name,
            role=account.role,
            key=self.key,
            command_id=uuid4(),
            correlation_id=self.correlation_id,
            office=account.office_code,
            officer=account.officer_id,
            channel=self.channel,
        )

    def _tell(self, written: Written, at: str | None, *, is_repeated: bool) -> None:
        headers = self.response.headers
        headers["ETag"] = f'"{written.version}"'
        headers[POSITION] = str(written.position)
        if is_repeated:
            headers[REPEATED] = "true"
        if at is not None:
            headers["Location"] = f"{PREFIX}/{at}/{written.id}"
        if written.status == "already_so":
            self.response.status_code = OK


def _write(  # noqa: PLR0913, PLR0917  each is one thing a write needs
    request: Request,
    response: Response,
    services: ServicesOf,
    account: SignedIn,
    _: Annotated[None, JsonOnly],
    key: Key,
    if_match: IfMatch = None,
) -> Write:
    if len(request.headers.getlist("idempotency-key")) > 1:
        raise KeyIsMalformed
    if len(request.headers.getlist("if-match")) > 1:
        raise IfMatchIsMalformed
    return Write(
        services=services,
        account=account,
        key=key,
        expected=None if if_match in (None, "*") else int(str(if_match).strip('"')),
        correlation_id=request.state.correlation_id,
        now=services.clock(),
        response=response,
    )


def _case_write(case_id: UUID, write: Annotated[Write, Depends(_write)]) -> Write:
    require_case(write.services, write.account, case_id, write.key)
    return write


WriteOf = Annotated[Write, Depends(_write)]
CaseWriteOf = Annotated[Write, Depends(_case_write)]
