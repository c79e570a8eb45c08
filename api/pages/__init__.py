"""The HTML pages: sign-in, the warning board, the case page."""

from fastapi import APIRouter

from api.pages import assets, board, case, sign_in

router = APIRouter()
for part in (sign_in, board, case, assets):
    router.include_router(part.router)

__all__ = ["router"]
