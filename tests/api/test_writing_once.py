"""Every write is done once: keys, versions, and what a repetition is told."""

import pytest
from httpx import Response

from tests import examples as x
from tests.api.county import PARTY, V1, Caller, County, assert_problem, case_body
from tests.rules import rule

OFFICE = {"code": "640323103000", "name": "花马池镇民生服务中心", "phone": "0953-2"}


def length(county: County) -> int:
    return county.world.services.log.last_position()


def test_a_write_tells_version_position_and_where_to_look(county: County) -> None:
    response = county.admin.post("/offices", OFFICE)
    assert response.status_code == 201
    told = response.json()
    assert told == {
        "status": "done",
        "id": OFFICE["code"],
        "version": 1,
        "position": length(county),
        "positions": [length(county)],
    }
    assert response.headers["etag"] == '"1"'
    assert response.headers["banjian-position"] == str(told["position"])
    assert response.headers["location"] == f"{V1}/offices/{OFFICE['code']}"


def test_the_same_key_gives_the_first_answer_again(county: County) -> None:
    first = county.admin.post("/offices", OFFICE, Idempotency_Key="k")
    again = county.admin.post("/offices", OFFICE, Idempotency_Key="k")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers


def test_the_same_wish_under_a_new_key_is_so_already(county: County) -> None:
    county.admin.post("/offices", OFFICE)
    before = length(county)
    again = county.admin.post("/offices", OFFICE)
    assert (again.status_code, again.json()["status"]) == (200, "already_so")
    assert length(county) == before


def test_a_key_is_not_used_for_two_things(county: County) -> None:
    county.admin.post("/offices", OFFICE, Idempotency_Key="k")
    other = OFFICE | {"phone": "0953-3"}
    response = county.admin.post("/offices", other, Idempotency_Key="k")
    assert_problem(response, 422, "idempotency-key-is-reused")


def test_a_key_of_a_party_is_not_taken_for_a_case(county: County) -> None:
    party = county.anna.post("/parties", PARTY, Idempotency_Key="k").json()["id"]
    response = county.anna.post("/cases", case_body(party), Idempotency_Key="k")
    assert_problem(response, 422, "idempotency-key-is-reused")


def test_two_callers_may_choose_the_same_key(county: County) -> None:
    body = case_body(county.party())
    first = county.anna.post("/cases", body, Idempotency_Key="k").json()["id"]
    second = county.bo.post("/cases", body, Idempotency_Key="k").json()["id"]
    assert first != second


def test_a_write_without_a_key_is_refused(county: County) -> None:
    response = county.client.post(
        f"{V1}/offices", json=OFFICE, headers=county.admin.headers()
    )
    assert_problem(response, 400, "idempotency-key-missing")


@pytest.mark.parametrize("key", ["", " ", "a b", "键", "x" * 201])
def test_a_key_is_short_visible_ascii(county: County, key: str) -> None:
    headers = county.admin.headers() | {"Idempotency-Key": key}
    response = county.client.post(
        f"{V1}/offices",
        json=OFFICE,
        headers={name: value.encode() for name, value in headers.items()},
    )
    assert_problem(response, 400, "idempotency-key-malformed")


@pytest.mark.parametrize("name", ["Idempotency-Key", "If-Match"])
def test_a_header_told_twice_is_malformed(county: County, name: str) -> None:
    headers = [*county.admin.headers().items(), ("Idempotency-Key", "k")]
    if name == "If-Match":
        headers.append((name, '"1"'))
    headers.append((name, '"2"'))
    response = county.client.post(f"{V1}/offices", json=OFFICE, headers=headers)
    assert_problem(response, 400, f"{name.lower()}-malformed")


def rename(
    caller: Caller, version: str, name: str = "大水坑镇便民服务中心"
) -> Response:
    return caller.send(
        "PATCH", f"/offices/{x.TOWNSHIP}", {"name": name}, If_Match=version
    )


@pytest.mark.parametrize("version", ['"1"', "*"])
def test_the_version_seen_or_any_is_fine(county: County, version: str) -> None:
    response = rename(county.admin, version)
    assert (response.status_code, response.headers["etag"]) == (200, '"2"')


def test_a_stale_version_is_refused_and_says_so(county: County) -> None:
    rename(county.admin, '"1"')
    problem = assert_problem(
        rename(county.admin, '"1"', "又一名称"), 412, "version-is-stale"
    )
    assert problem["facts"] == {"expected": 1, "actual": 2}


@pytest.mark.parametrize("version", ["1", 'W/"1"', '"x"', '"1", "2"', '"-1"', ""])
def test_a_version_is_one_strong_etag(county: County, version: str) -> None:
    assert_problem(rename(county.admin, version), 400, "if-match-malformed")


@rule("R-822")
def test_who_may_not_is_told_so_and_nothing_is_kept(county: County) -> None:
    body = {"name": "大水坑镇便民服务中心"}
    path = f"/offices/{x.TOWNSHIP}"
    for _ in range(2):
        refused = county.anna.send("PATCH", path, body, Idempotency_Key="k")
        problem = assert_problem(refused, 403, "role-may-not")
        assert problem["rule"] == "R-822"
