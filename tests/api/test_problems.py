"""Every reason has one status and one address; nothing is explained twice."""

import re

import pytest

from api.faults import FAULTS
from api.problems import Reason, reasons, status_of
from api.statuses import STATUS
from domain.rejections import Rejection
from tests.api.county import County, assert_problem


def refusals(kind: type[Rejection] = Rejection) -> set[str]:
    found = {code for sub in kind.__subclasses__() for code in refusals(sub)}
    return found | ({kind.code} if "code" in vars(kind) else set())


def test_every_refusal_has_exactly_one_status() -> None:
    assert set(STATUS) == refusals()


def test_a_code_is_either_a_refusal_or_a_fault() -> None:
    assert not set(STATUS) & set(FAULTS)


@pytest.mark.parametrize("reason", reasons().values(), ids=lambda r: str(r.code))
def test_a_reason_says_code_fact_and_remedy(reason: Reason) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", reason.code)
    assert re.search(r"[一-鿿]", reason.title)
    assert reason.remedy.endswith("。")
    assert 400 <= status_of(reason) < 600


def test_every_code_is_explained_at_its_address(county: County) -> None:
    listed = county.client.get("/problems").json()
    assert [each["code"] for each in listed] == list(reasons())
    one = county.client.get("/problems/version-is-stale").json()
    assert one in listed
    assert (one["status"], one["rule"]) == (412, "DESIGN")


def test_a_code_nobody_gives_is_not_found(county: County) -> None:
    assert_problem(county.client.get("/problems/x"), 404, "problem-not-found")


def test_an_address_that_is_not_there(county: County) -> None:
    problem = assert_problem(county.anna.get("/nothing"), 404, "route-not-found")
    assert problem["instance"] == "/api/v1/nothing"


def test_a_method_that_is_not_there(county: County) -> None:
    response = county.anna.send("DELETE", "/cases", {})
    assert_problem(response, 405, "method-not-allowed")
    assert "POST" in response.headers["allow"]
