"""Scope over HTTP: an account acts for its office and what lies below, no further."""

from uuid import uuid4

import pytest

from domain.authority import Role
from tests import examples as x
from tests.api.county import County, assert_problem, case_body
from tests.rules import rule

NEW = {"name": "某村民生服务代办点", "phone": "0953-9"}


@pytest.mark.parametrize("path", ["", "/timeline", "/replay"])
@rule("R-904", "V-32")
def test_a_case_elsewhere_looks_like_none_at_all(county: County, path: str) -> None:
    case, at = county.case(), "2026-09-18T00:00:00Z"
    elsewhere = county.stranger.get(case + path, at=at)
    nowhere = county.stranger.get(f"/cases/{uuid4()}{path}", at=at)
    first = assert_problem(elsewhere, 404, "case-not-found")
    second = assert_problem(nowhere, 404, "case-not-found")
    assert first["facts"] == second["facts"] == {}


@rule("R-904")
def test_a_step_on_a_case_elsewhere_finds_no_case(county: County) -> None:
    case = county.case()
    refused = county.stranger.post(f"{case}/withdrawal", {"reason": "误点"})
    assert_problem(refused, 404, "case-not-found")


@rule("R-903")
def test_the_county_sees_its_townships_and_villages(county: County) -> None:
    case = county.case()
    assert county.supervisor.get(case).status_code == 200
    assert county.supervisor.get(f"/offices/{x.VILLAGE}").status_code == 200


@rule("R-904")
def test_no_post_is_filled_nor_case_opened_elsewhere(county: County) -> None:
    holders = {"primary": str(x.ANNA), "backup": str(x.BO)}
    township = county.caller(Role.ADMINISTRATOR, x.OTHER_TOWNSHIP)
    changed = township.send("PUT", f"/posts/{x.WINDOW}/holders", holders)
    problem = assert_problem(changed, 403, "office-out-of-scope")
    assert problem["rule"] == "R-904"
    body = case_body(county.party(), x.OTHER_WINDOW)
    opened = county.anna.post("/cases", body)
    assert_problem(opened, 403, "office-out-of-scope")


@rule("R-904")
def test_no_office_nor_officer_is_registered_elsewhere(county: County) -> None:
    township = county.caller(Role.ADMINISTRATOR, x.OTHER_TOWNSHIP)
    office = NEW | {"code": "640323101209"}
    assert_problem(township.post("/offices", office), 403, "office-out-of-scope")
    officer = {"staff_no": "A", "badge_name": "某", "office": x.TOWNSHIP}
    assert_problem(township.post("/officers", officer), 403, "office-out-of-scope")
    mine = NEW | {"code": "640323102209"}
    assert township.post("/offices", mine).status_code == 201


def test_who_moved_a_case_away_is_still_told_so(county: County) -> None:
    opened = county.chen.post("/cases", case_body(county.party(), x.AGENCY_DESK))
    case, body = f"/cases/{opened.json()['id']}", {"reason": "转乡镇受理"}
    transfer = body | {"to_post": str(x.WINDOW)}
    first = county.chen.post(f"{case}/transfers", transfer, Idempotency_Key="k")
    again = county.chen.post(f"{case}/transfers", transfer, Idempotency_Key="k")
    assert (again.status_code, again.json()) == (200, first.json())
    new = county.chen.post(f"{case}/withdrawal", body)
    assert_problem(new, 404, "case-not-found")
    assert_problem(county.chen.get(case), 404, "case-not-found")
