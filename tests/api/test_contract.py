"""The API is what docs/ says it is: every change of it shows there."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests import examples as x
from tests.api.county import V1, County
from tests.tools.write_openapi import OPENAPI, PROBLEMS, openapi_text, problems_text

AGAIN = "run `make docs` and look at what has changed"
DOCUMENT: dict[str, Any] = json.loads(openapi_text())


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_the_committed_description_is_the_present_one() -> None:
    assert OPENAPI.read_text(encoding="utf-8") == openapi_text(), AGAIN


def test_the_committed_table_of_problems_is_the_present_one() -> None:
    assert PROBLEMS.read_text(encoding="utf-8") == problems_text(), AGAIN


def test_the_server_gives_the_same_description(county: County) -> None:
    assert county.client.get(f"{V1}/openapi.json").json() == DOCUMENT


def test_there_is_no_page_that_loads_from_elsewhere(county: County) -> None:
    for path in ("/docs", "/redoc", f"{V1}/docs"):
        assert county.client.get(path).status_code == 404


def test_every_operation_is_described_and_has_problems() -> None:
    for name, operation in operations():
        assert operation["tags"], name
        assert operation["description"], name
        assert "application/problem+json" in json.dumps(operation["responses"]), name


def bodies() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            if "requestBody" in operation:
                content = operation["requestBody"]["content"]["application/json"]
                name = content["schema"]["$ref"].rpartition("/")[2]
                yield method, path, DOCUMENT["components"]["schemas"][name]


PLACES = {"code": x.COUNTY, "layer": "national", "year": "2026"}
BODIES = [pytest.param(*body, id=f"{body[0]} {body[1]}") for body in bodies()]


@pytest.mark.parametrize(("method", "path", "schema"), BODIES)
def test_every_body_has_an_example_that_fits(
    shared_county: County, method: str, path: str, schema: dict[str, Any]
) -> None:
    address = re.sub(
        r"{(\w+)}", lambda name: PLACES.get(name[1], str(uuid4())), path
    ).removeprefix(V1)
    assert schema["examples"]
    for example in schema["examples"]:
        answer = shared_county.supervisor.send(method.upper(), address, example)
        assert answer.json().get("code") not in ("invalid-body", "invalid-parameter")
