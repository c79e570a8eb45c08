"""The edge: one correlation id an exchange, and faults that tell nothing."""

import re

import psycopg
import pytest
import structlog

from api import offices
from tests import examples as x
from tests.api.county import V1, County, assert_problem

PATH = f"/offices/{x.TOWNSHIP}"
QUOTED = "Key (name)=(张三丰) already exists"


def test_a_correlation_id_is_kept_through(county: County) -> None:
    headers = county.anna.headers() | {"X-Correlation-Id": "window-7:42"}
    response = county.client.get(f"{V1}/nothing", headers=headers)
    assert response.headers["x-correlation-id"] == "window-7:42"
    assert response.json()["correlation_id"] == "window-7:42"


@pytest.mark.parametrize("given", ["", "a b", "x" * 101, "编号", 'a"b'])
def test_a_strange_correlation_id_is_replaced(county: County, given: str) -> None:
    headers = {"X-Correlation-Id": given.encode()}
    response = county.client.get("/healthz", headers=headers)
    assert re.fullmatch(r"[0-9a-f-]{36}", response.headers["x-correlation-id"])


def test_the_id_reaches_the_event(county: County) -> None:
    case = county.case()
    body = {"materials": ["M1"]}
    county.anna.post(f"{case}/materials", body, X_Correlation_Id="window-7")
    last = county.anna.get(f"{case}/timeline").json()["steps"][-1]
    assert last["correlation_id"] == "window-7"


def test_answers_are_not_kept_by_anybody(county: County) -> None:
    response = county.anna.get(PATH)
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (RuntimeError, 500, "internal-error"),
        (psycopg.OperationalError, 503, "store-unavailable"),
    ],
)
def test_a_fault_is_told_without_what_it_quotes(
    county: County,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
    status: int,
    code: str,
) -> None:
    def fail(*_: object) -> None:
        raise error(QUOTED)

    monkeypatch.setattr(offices, "fold", fail)
    with structlog.testing.capture_logs() as lines:
        response = county.anna.get(PATH)
    problem = assert_problem(response, status, code)
    assert "张" not in response.text + repr(lines)
    failed = lines[0]
    assert (failed["event"], failed["error"]) == ("request_failed", error.__name__)
    assert problem["instance"] == V1 + PATH


def test_a_line_a_request_names_the_route_not_the_address(county: County) -> None:
    with structlog.testing.capture_logs() as lines:
        county.anna.get(PATH)
    (line,) = lines
    assert (line["event"], line["status"]) == ("request", 200)
    assert x.TOWNSHIP not in repr(line)
