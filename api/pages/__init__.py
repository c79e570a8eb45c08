"""The HTML pages, one module or a few for each."""

from fastapi import APIRouter

from api.pages import (
    assets,
    board,
    case,
    cases,
    design,
    inbox,
    rating,
    replay,
    sign_in,
    switching,
    window,
    window_case,
    window_new,
    window_steps,
)

router = APIRouter()
for part in (
    sign_in,
    switching,
    board,
    case,
    cases,
    replay,
    design,
    rating,
    inbox,
    window,
    window_new,
    window_case,
    window_steps,
    assets,
):
    router.include_router(part.router)

__all__ = ["router"]
