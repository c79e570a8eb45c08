"""What lists and views share: whose scope they show, and page by page."""

from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from api.contract import ALWAYS, POSITION_TOLD
from api.dependencies import SignedIn
from api.fields import OFFICE
from api.scope_of import require_office
from api.waiting import Behind
from projections.scope import Scope


def _scope(
    account: SignedIn,
    office: Annotated[
        str | None,
        Query(
            pattern=OFFICE,
            description="Office whose scope is shown: it and all below it (R-903);"
            " the caller's own by default.",
            examples=["640323101000"],
        ),
    ] = None,
) -> Scope:
    code = office or account.office_code
    require_office(account, code)
    return Scope.of(code)


class Page(BaseModel):
    """``next`` is the cursor of the following page, null on the last."""

    position: int = Field(description="The log's position that the view shows.")
    next: str | None = None


ScopeOf = Annotated[Scope, Depends(_scope)]
PageLimit = Annotated[int, Query(ge=1, le=500, description="Most rows of a page.")]
Cursor = Annotated[
    str | None, Query(max_length=500, description="`next` of the page before.")
]
VIEWS: dict[str, Any] = {
    "responses": {
        **ALWAYS,
        200: {"description": "As far as the views are.", "headers": POSITION_TOLD},
        202: {
            "description": "The views have not reached `after` in time.",
            "model": Behind,
            "headers": POSITION_TOLD,
        },
    }
}
