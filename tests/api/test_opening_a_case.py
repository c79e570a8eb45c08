"""Opening a case over HTTP: at a post one holds, for somebody who is registered."""

from uuid import uuid4

import pytest

from domain.authority import Role
from tests import examples as x
from tests.api.county import PARTY, V1, County, assert_problem, case_body
from tests.rules import rule


@rule("R-201")
def test_who_receives_the_person_is_responsible(county: County) -> None:
    made = county.anna.post("/cases", case_body(county.party()))
    assert (made.status_code, made.headers["etag"]) == (201, '"2"')
    path = made.headers["location"].removeprefix(V1)
    read = county.anna.get(path)
    assert read.headers["etag"] == made.headers["etag"]
    case = read.json()["case"]
    assert (case["responsible"], case["post"]) == (str(x.ANNA), str(x.WINDOW))
    assert (case["stage"], case["case_no"]) == ("open", x.CASE_NO)


def test_a_case_opened_twice_under_one_key_is_one_case(county: County) -> None:
    body = case_body(county.party())
    first = county.anna.post("/cases", body, Idempotency_Key="k")
    again = county.anna.post("/cases", body, Idempotency_Key="k")
    assert again.json() == first.json()
    other = county.anna.post("/cases", body)
    assert other.json()["id"] != first.json()["id"]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("applicant", "party-not-found"),
        ("post", "post-not-found"),
        ("item_code", "item-not-found"),
    ],
)
def test_what_is_named_must_be_there(county: County, field: str, code: str) -> None:
    body = case_body(county.party()) | {field: uuid4().hex}
    assert_problem(county.anna.post("/cases", body), 404, code)


def test_a_post_is_not_taken_for_an_applicant(county: County) -> None:
    body = case_body(str(x.WINDOW))
    assert_problem(county.anna.post("/cases", body), 404, "party-not-found")
    party = county.party()
    swapped = case_body(party) | {"post": party}
    assert_problem(county.anna.post("/cases", swapped), 404, "post-not-found")


@rule("R-226")
def test_an_officer_opens_at_a_post_he_holds(county: County) -> None:
    body = case_body(county.party(), x.AGENCY_DESK)
    problem = assert_problem(
        county.anna.post("/cases", body), 409, "officer-is-not-on-post"
    )
    assert problem["rule"] == "R-226"
    assert county.bo.post("/cases", body).status_code == 201


@rule("R-822")
def test_only_a_clerk_who_is_an_officer_opens_cases(county: County) -> None:
    body = case_body(county.party())
    officerless = county.caller(Role.CLERK, x.TOWNSHIP)
    for caller in (officerless, county.admin, county.evaluator, county.supervisor):
        assert_problem(caller.post("/cases", body), 403, "role-may-not")


def test_a_merged_applicant_is_not_served(county: County) -> None:
    person = county.party()
    company = {"kind": "organisation", "name": "某", "number": "91350100M000100Y43"}
    into = county.anna.post("/parties", PARTY | company).json()["id"]
    body = {"into": into, "reason": "重复登记"}
    county.anna.post(f"/parties/{person}/merge", body)
    refused = county.anna.post("/cases", case_body(person))
    assert_problem(refused, 409, "party-is-merged")
