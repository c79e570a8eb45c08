"""Whatever a client sends is answered by a problem, never by a fault of ours."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from httpx import Response

from api.edge import MOST_BYTES
from tests.api.county import PARTY, V1, County, assert_problem

JSON = {"Content-Type": "application/json"}


@pytest.fixture(name="county")
def unharmed(shared_county: County) -> County:
    """One for all: what is refused changes nothing."""
    return shared_county


def sent(county: County, content: Any, path: str = "/parties", **more: str) -> Response:
    headers = county.anna.headers() | {"Idempotency-Key": "k"} | JSON
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    response: Response = county.client.post(V1 + path, content=content, headers=headers)
    return response


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"name": }',
        b"\xff\xfe\xfa",
        b'{"name": "\xff"}',
        b"[" * 100_000,
        b'{"a":' * 10_000,
        b'{"n": ' + b"9" * 5000 + b"}",
        b"nul",
    ],
)
def test_what_is_no_json_is_malformed(county: County, content: bytes) -> None:
    assert_problem(sent(county, content), 400, "malformed-json")


@pytest.mark.parametrize("content", [b"", b"null", b"1", b'"x"', b"[]", b"NaN", b"{}"])
def test_another_json_than_asked_is_invalid(county: County, content: bytes) -> None:
    problem = assert_problem(sent(county, content), 422, "invalid-body")
    assert problem["errors"][0]["message"] in ("必填", "应为 JSON 对象")


@pytest.mark.parametrize(
    "change",
    [
        {"name": "张\x00三"},
        {"name": "张\n三"},
        {"name": "\ud800"},
        {"name": ""},
        {"name": "张" * 101},
        {"name": 5},
        {"name": ["张三"]},
        {"number": 110105194912310021},
        {"number": None},
        {"kind": "ghost"},
        {"kind": {"person": 1}},
        {"phone": {}},
        {"id": "1"},
        {"\ud800": 1},
        {"张三丰": "张三丰"},
    ],
)
def test_a_field_that_does_not_fit_is_named_not_quoted(
    county: County, change: dict[str, Any]
) -> None:
    content = json.dumps(PARTY | change).encode()
    response = sent(county, content)
    problem = assert_problem(response, 422, "invalid-body")
    named = {each["field"] for each in problem["errors"]}
    assert named <= {"name", "number", "kind", "phone", "body"}
    assert "张" not in response.text


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""]
)
def test_only_json_is_read(county: County, kind: str) -> None:
    response = sent(county, json.dumps(PARTY), Content_Type=kind)
    assert_problem(response, 415, "unsupported-media-type")


def test_a_charset_is_fine(county: County) -> None:
    kind = "Application/JSON; charset=UTF-8"
    assert sent(county, json.dumps(PARTY), Content_Type=kind).is_success


def test_a_body_too_large_is_not_read(county: County) -> None:
    content = json.dumps(PARTY | {"name": "x" * MOST_BYTES}).encode()
    assert_problem(sent(county, content), 413, "payload-too-large")


def test_a_body_of_unknown_length_is_read_so_far_only(county: County) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // 1000 + 2):
            yield b" " * 1000

    assert_problem(sent(county, pieces()), 413, "payload-too-large")


@pytest.mark.parametrize(
    "path",
    [
        "/offices/%00",
        "/offices/640323",
        "/offices/٦٤٠٣٢٣٠٠٠٠٠٠",
        "/offices/%ff%fe",
        "/items/%F0%9F%92%A9",
        "/parties/1",
        "/parties/%00",
        "/cases/00000000-0000-0000-0000-00000000000g",
        "/calendar-years/national/99999999999999999999",
        "/calendar-years/NATIONAL/2026",
    ],
)
def test_an_address_that_does_not_fit_is_invalid(county: County, path: str) -> None:
    problem = assert_problem(county.anna.get(path), 422, "invalid-parameter")
    assert problem["errors"][0]["message"]


@pytest.mark.parametrize(
    "at",
    [
        "",
        "now",
        "2026-09-17",
        "2026-09-17T09:00:00",
        "1789603200",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2026-09-17T25:00:00Z",
        "2026-09-17T09:00:00+99:99",
    ],
)
def test_an_instant_has_an_offset_and_a_sane_year(county: County, at: str) -> None:
    response = county.anna.get(f"{county.case()}/replay", at=at)
    problem = assert_problem(response, 422, "invalid-parameter")
    assert "2026-09-17T09:00:00+08:00" in problem["errors"][0]["message"]


def test_no_path_leads_out(county: County) -> None:
    for path in ("/../etc/passwd", "/%2e%2e/%2e%2e", "/api/v1/", "/%7f"):
        response = county.client.get(path, headers=county.anna.headers())
        assert_problem(response, 404, "route-not-found")
