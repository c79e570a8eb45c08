"""Schemathesis over the committed contract: no fault of ours, and every answer fits."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from api.app import assemble
from tests import examples as x
from tests.api.county import KEYS, PARTY, V1, County, case_body

ALWAYS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
    allow_header_conformance,
]
AS_GENERATED = [*ALWAYS, negative_data_rejection]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
HALF = 0.5
BEHIND = 202
SETTINGS = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(shared_county: County) -> BaseSchema:
    return schemathesis.openapi.from_asgi(f"{V1}/openapi.json", shared_county.app)


@pytest.fixture(scope="module")
def callers(shared_county: County) -> list[dict[str, str]]:
    """Headers of people of several roles, and of nobody."""
    county = shared_county
    people = (county.anna, county.admin, county.evaluator, county.supervisor)
    return [*(caller.headers() for caller in people), {}]


@pytest.fixture(scope="module")
def real(shared_county: County) -> Iterator[dict[str, list[str]]]:
    """Things that are there, for half of the addresses."""
    county = shared_county
    cases = [county.case(), county.accepted(), county.decided()]
    county.show()
    yield {
        "case_id": [case.rpartition("/")[2] for case in cases],
        "party_id": [county.party()],
        "post_id": [str(x.WINDOW)],
        "officer_id": [str(x.ANNA)],
        "code": [x.TOWNSHIP, x.COUNTY],
        "item_code": [x.ITEM],
        "layer": ["national"],
        "year": ["2026"],
    }
    assert county.anna.post("/cases", case_body(county.party())).status_code == 201
    assert county.anna.post("/parties", PARTY).status_code == 200


OPERATIONS = [
    (path, method)
    for path, methods in assemble().openapi()["paths"].items()
    for method in methods
]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_described(
    described: BaseSchema,
    callers: list[dict[str, str]],
    real: dict[str, list[str]],
    path: str,
    method: str,
) -> None:
    operation = described[path][method.upper()]

    @settings(SETTINGS)
    @given(
        case=st.one_of(*(operation.as_strategy(generation_mode=m) for m in MODES)),
        chance=st.randoms(),
    )
    def call(case: Any, chance: random.Random) -> None:
        is_changed = changed(case, chance, real)
        response = case.call(headers=chance.choice(callers) | {"Prefer": "wait=0"})
        # 202 is told before the rest of a request is looked at.
        is_judged = not is_changed and response.status_code != BEHIND
        checks = AS_GENERATED if is_judged else ALWAYS
        case.validate_response(response, checks=checks)

    call()


def changed(case: Any, chance: random.Random, real: dict[str, list[str]]) -> bool:
    """Half the time put in things that are there, and what every write needs."""
    has_real, has_needed = chance.random() < HALF, chance.random() < HALF
    if has_real:
        case.path_parameters = {
            name: chance.choice(real.get(name, ["x"])) for name in case.path_parameters
        }
    if has_needed:
        case.headers.pop("If-Match", None)
        case.headers["Idempotency-Key"] = f"key-{next(KEYS)}"
    return has_real or has_needed
