"""Parties over HTTP: found again by number, shown masked, never in an address."""

from uuid import uuid4

import pytest

from tests.api.county import PARTY, County, assert_problem
from tests.rules import rule
from tests.world import ID_NUMBER

COMPANY = {"kind": "organisation", "name": "某公司", "number": "91350100M000100Y43"}


@rule("R-811")
def test_a_party_is_shown_masked(county: County) -> None:
    made = county.anna.post("/parties", PARTY)
    read = county.anna.get(f"/parties/{made.json()['id']}")
    assert read.json() == {
        "id": made.json()["id"],
        "kind": "person",
        "name": "张**",
        "number": "110***********002X",
        "phone": "138****5678",
        "merged_into": None,
        "version": 1,
    }
    assert read.headers["etag"] == '"1"'


@rule("R-810")
def test_a_number_known_gives_the_party_that_holds_it(county: County) -> None:
    first = county.anna.post("/parties", PARTY)
    other = PARTY | {"name": "张三", "number": f" {ID_NUMBER.lower()} "}
    again = county.bo.post("/parties", other)
    assert (again.status_code, again.json()["status"]) == (200, "already_so")
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["location"] == first.headers["location"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "640381198502290010"}, "id-number-is-invalid"),
        ({"kind": "organisation"}, "id-number-is-invalid"),
        ({"name": " "}, "party-name-is-missing"),
    ],
)
def test_a_party_is_refused_without_telling_what_was_sent(
    county: County, change: dict[str, str], code: str
) -> None:
    response = county.anna.post("/parties", PARTY | change)
    assert_problem(response, 422, code)
    for sent in ("张三", ID_NUMBER, "640381198502290010", "13812345678"):
        assert sent not in response.text


def test_name_and_phone_are_corrected(county: County) -> None:
    party = f"/parties/{county.party()}"
    body = {"name": "李四光", "phone": None, "reason": "录入错误"}
    told = county.anna.send("PATCH", party, body, If_Match='"1"').json()
    assert (told["status"], told["version"]) == ("done", 2)
    read = county.anna.get(party).json()
    assert (read["name"], read["phone"]) == ("李**", None)


def test_a_party_registered_twice_is_merged(county: County) -> None:
    person = county.party()
    company = county.anna.post("/parties", COMPANY).json()["id"]
    body = {"into": company, "reason": "重复登记"}
    assert county.anna.post(f"/parties/{person}/merge", body).status_code == 200
    assert county.anna.get(f"/parties/{person}").json()["merged_into"] == company
    corrected = {"name": "李四", "phone": None, "reason": "更正"}
    refused = county.anna.send("PATCH", f"/parties/{person}", corrected)
    assert_problem(refused, 409, "party-is-merged")


def test_a_party_is_not_merged_into_itself_or_nobody(county: County) -> None:
    person, reason = county.party(), "重复登记"
    path = f"/parties/{person}/merge"
    itself = county.anna.post(path, {"into": person, "reason": reason})
    assert_problem(itself, 422, "party-cannot-merge-into-itself")
    nobody = county.anna.post(path, {"into": str(uuid4()), "reason": reason})
    assert_problem(nobody, 404, "party-not-found")


def test_nobody_is_not_found(county: County) -> None:
    assert_problem(county.anna.get(f"/parties/{uuid4()}"), 404, "party-not-found")


@rule("R-822")
def test_devices_and_administrators_do_not_see_parties(county: County) -> None:
    path = f"/parties/{county.party()}"
    for caller in (county.admin, county.evaluator):
        assert_problem(caller.get(path), 403, "role-may-not")
    assert county.supervisor.get(path).status_code == 200
