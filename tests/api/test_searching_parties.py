"""Looking for persons: exact, masked, never by an address, never the erased."""

from typing import Any
from uuid import UUID

import pytest

from domain.authority import Role
from infra.sealing.erasure import Asked, erase
from tests import examples as x
from tests.api.county import PARTY, County, assert_problem
from tests.rules import rule
from tests.world import ID_NUMBER

ASKED = Asked(basis="R-806", approver="demo-supervisor", actor="test")


def found(county: County, **by: str) -> list[dict[str, Any]]:
    response = county.anna.post("/parties/search", by)
    assert response.status_code == 200
    parties: list[dict[str, Any]] = response.json()["parties"]
    return parties


@rule("R-811")
@pytest.mark.parametrize(
    ("by", "value"),
    [
        ("name", " 张三丰 "),
        ("phone", "138 1234 5678"),
        ("number", ID_NUMBER.lower()),
        ("number_tail", "002x"),
    ],
)
def test_a_person_is_found_by_what_is_known(
    county: County, by: str, value: str
) -> None:
    party = county.party()
    (shown,) = found(county, **{by: value})
    assert (shown["id"], shown["name"]) == (party, "张**")
    assert shown["number"] == "110***********002X"


@pytest.mark.parametrize("by", ["name", "phone", "number"])
def test_a_part_of_it_finds_nobody(county: County, by: str) -> None:
    county.party()
    assert found(county, **{by: PARTY[by][:-1]}) == []


def test_who_was_corrected_is_found_by_what_holds_now(county: County) -> None:
    body = {"name": "李四光", "phone": None, "reason": "录入错误"}
    county.anna.send("PATCH", f"/parties/{county.party()}", body, If_Match='"1"')
    assert found(county, name="张三丰") == found(county, phone="13812345678") == []
    assert len(found(county, name="李四光")) == 1


def test_one_thing_is_asked_at_a_time(county: County) -> None:
    for body in ({}, {"name": "张三丰", "phone": "13812345678"}):
        response = county.anna.post("/parties/search", body)
        assert response.status_code == 422
        assert "张三丰" not in response.text


@rule("R-807")
def test_an_erased_person_is_shown_erased_and_found_by_nothing(county: County) -> None:
    party = county.party()
    assert erase(county.world.services, UUID(party), ASKED).is_done
    shown = county.anna.get(f"/parties/{party}").json()
    assert (shown["name"], shown["number"], shown["phone"]) == ("已删除",) * 3
    for term in ("name", "phone", "number"):
        assert found(county, **{term: PARTY[term]}) == []


@rule("R-807")
def test_who_registers_again_after_erasure_is_somebody_new(county: County) -> None:
    party = county.party()
    erase(county.world.services, UUID(party), ASKED)
    again = county.anna.post("/parties", PARTY)
    assert again.status_code == 201
    assert again.json()["id"] != party


@rule("R-807")
def test_who_is_restricted_is_read_by_inspection_alone(county: County) -> None:
    county.case()
    party = county.party()
    assert not erase(county.world.services, UUID(party), ASKED).is_done
    assert_problem(county.anna.get(f"/parties/{party}"), 409, "party-is-restricted")
    assert found(county, name="张三丰") == []
    inspector = county.caller(Role.INSPECTOR, x.COUNTY)
    assert inspector.get(f"/parties/{party}").json()["name"] == "张**"
