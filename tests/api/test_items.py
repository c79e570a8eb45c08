"""Items over HTTP: versions follow each other and stay."""

from typing import Any

import pytest

from domain.authority import Role
from tests import examples as x
from tests.api.county import County, assert_problem
from tests.rules import rule

M1 = {"code": "M1", "name": "申请书"}


def days(amount: int, unit: str = "workdays") -> dict[str, Any]:
    return {"amount": amount, "unit": unit}


ITEM: dict[str, Any] = {
    "item_code": x.ITEM,
    "version": 2,
    "name": "最低生活保障",
    "item_type": "05",
    "case_type": "promised",
    "legal_basis": "社会救助暂行办法",
    "statutory_limit": days(30),
    "promised_limit": days(10),
    "materials": [M1],
}


@rule("R-521")
def test_the_next_version_is_published_and_the_first_kept(county: County) -> None:
    made = county.admin.post("/items", ITEM)
    assert (made.status_code, made.headers["etag"]) == (201, '"2"')
    read = county.anna.get(f"/items/{x.ITEM}").json()
    assert read["current"] == 2
    limits = [version["promised_limit"]["amount"] for version in read["versions"]]
    assert limits == [20, 10]
    assert read["versions"][1]["regime"] == "general"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"version": 3}, 409, "item-version-is-not-next"),
        ({"promised_limit": days(31)}, 422, "promise-exceeds-statute"),
        ({"promised_limit": days(9, "natural_days")}, 422, "limit-units-differ"),
        ({"promised_limit": days(0)}, 422, "limit-is-missing"),
        ({"item_type": "01", "regime": "general"}, 422, "regime-is-not-of-type"),
        ({"materials": [M1, M1]}, 422, "material-list-is-irregular"),
    ],
)
def test_a_version_is_refused(
    county: County, change: dict[str, Any], status: int, code: str
) -> None:
    assert_problem(county.admin.post("/items", ITEM | change), status, code)


def test_an_unknown_item_is_not_found(county: County) -> None:
    assert_problem(county.anna.get("/items/X1"), 404, "item-not-found")


@rule("R-904")
def test_items_are_the_countys_to_publish(county: County) -> None:
    township = county.caller(Role.ADMINISTRATOR, x.TOWNSHIP)
    assert_problem(township.post("/items", ITEM), 403, "office-out-of-scope")
