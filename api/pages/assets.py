"""Style, scripts and pictures. Their address changes with their content."""

from fastapi import APIRouter, Request, Response
from starlette.staticfiles import StaticFiles

from api.pages.rendering import STATIC

router = APIRouter(include_in_schema=False)
FILES = StaticFiles(directory=STATIC)
FOR_A_YEAR = "public, max-age=31536000, immutable"


@router.get("/static/{path:path}")
async def static_file(path: str, request: Request) -> Response:
    response = await FILES.get_response(path, request.scope)
    if request.query_params.get("v"):
        response.headers["Cache-Control"] = FOR_A_YEAR
    return response
