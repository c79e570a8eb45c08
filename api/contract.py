"""The OpenAPI description: what every route of a kind promises, and the whole."""

from typing import Any, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field
from starlette.routing import compile_path

from api.problems import MEDIA_TYPE
from api.writing import POSITION, REPEATED, Written

TITLE = "Banjian 办件"
DESCRIPTION = (
    "Case handling for county, township and village service centres. Every write"
    " needs an `Idempotency-Key`; every refusal is `application/problem+json` with"
    " a stable `code`, the `rule` it rests on and a `remedy`. Codes are explained"
    " under `/problems`."
)
TAGS = [
    {"name": "sign-in", "description": "Tokens of accounts."},
    {"name": "cases", "description": "Cases, step by step."},
    {"name": "notices", "description": "Inboxes of offices (预警, 超期, 差评)."},
    {"name": "views", "description": "Warning, tracking, efficiency; scoped by tier."},
    {"name": "offices", "description": "Offices of the three tiers."},
    {"name": "parties", "description": "Persons and organisations served."},
    {"name": "items", "description": "Service items and their versions."},
    {"name": "staff", "description": "Officers and posts (A岗, B岗)."},
    {"name": "calendar", "description": "Working days, due dates, warning policy."},
    {"name": "service", "description": "Liveness, readiness, error codes."},
]
Kind = dict[int | str, dict[str, Any]]


class FieldError(BaseModel):
    """A field that does not fit; its value is not repeated."""

    field: str
    message: str


class Problem(BaseModel):
    """A refusal (RFC 9457)."""

    type: str = Field(description="Where the code is explained.")
    title: str = Field(description="The fact, in Chinese, as a screen shows it.")
    status: int
    code: str = Field(description="Stable: programs rely on it.")
    rule: str = Field(description="Rule of the rulebook, or DESIGN.")
    detail: str
    remedy: str = Field(description="What to do next, in Chinese.")
    facts: dict[str, str | int | bool | None] = Field(description="What was compared.")
    instance: str
    correlation_id: str
    errors: list[FieldError] | None = None


MEANING = {
    400: "A header or the JSON is malformed, or a page's cursor.",
    401: "Nobody is signed in, or the sign-in has ended.",
    403: "The role may not, or the office is out of scope (R-822, R-904).",
    404: "There is no such thing, or not in the caller's scope.",
    405: "Not a method of this address.",
    409: "The present state does not allow it.",
    412: "It has changed since the version in If-Match.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The request itself does not fit, or the key was used for another.",
    503: "The store does not answer; repeat with the same key.",
}
PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}


def problems(*statuses: int) -> Kind:
    """Responses for ``statuses``, each a problem document."""
    return {
        status: {
            "description": MEANING[status],
            "content": {MEDIA_TYPE: PROBLEM},
        }
        for status in statuses
    }


def _header(description: str, kind: Literal["string", "integer"] = "string") -> Any:  # noqa: ANN401
    return {"description": description, "schema": {"type": kind}}


TOLD = {
    "ETag": _header("Version to send as If-Match."),
    POSITION: _header("Position of the log to wait for.", "integer"),
    REPEATED: _header("true: the answer to an earlier request with this key."),
}
POSITION_TOLD = {POSITION: TOLD[POSITION]}
VERSIONED = {"ETag": TOLD["ETag"]}
ALWAYS = problems(400, 401, 403, 404, 405, 422, 503)
WRITES = ALWAYS | problems(409, 412, 413, 415)
READS: dict[str, Any] = {"responses": ALWAYS}
READS_VERSION: dict[str, Any] = {
    "responses": {**ALWAYS, 200: {"description": "As it is.", "headers": VERSIONED}}
}
CHANGES: dict[str, Any] = {
    "responses": {
        **WRITES,
        200: {"description": "Done, or so already.", "headers": TOLD},
    }
}
CREATES: dict[str, Any] = {
    "status_code": 201,
    "responses": {
        **WRITES,
        200: {
            "description": "It was there already.",
            "model": Written,
            "headers": TOLD,
        },
        201: {
            "description": "Made.",
            "headers": {**TOLD, "Location": _header("Where it is found.")},
        },
    },
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=TITLE,
            version=app.version,
            description=DESCRIPTION,
            routes=app.routes,
            tags=TAGS,
        )
        template = "#/components/schemas/{model}"
        schema = Problem.model_json_schema(ref_template=template)
        parts = {**schema.pop("$defs", {}), "Problem": schema}
        document["components"]["schemas"] |= parts
        app.openapi_schema = document
    return app.openapi_schema


def methods_at(app: FastAPI, path: str) -> list[str]:
    """What may be asked at an address: the framework names one route's methods only."""
    return sorted(
        method.upper()
        for template, methods in describe(app)["paths"].items()
        if compile_path(template)[0].fullmatch(path)
        for method in methods
    )
