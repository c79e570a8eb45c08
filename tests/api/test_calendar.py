"""The calendar over HTTP: years as their notices declare them, due dates by them."""

from typing import Any

import pytest

from api.calendars import EXAMPLE
from domain.authority import Role
from tests import examples as x
from tests.api.county import County, assert_problem
from tests.rules import rule

YEAR: dict[str, Any] = EXAMPLE | {
    "layer": "national",
    "year": 2027,
    "off": [day.replace("2026", "2027") for day in EXAMPLE["off"]],
    "makeup": [],
}
REVISED = "/calendar-years/national/2026"


def due(county: County, start: str, limit: int, **more: str) -> dict[str, Any]:
    response = county.anna.get("/calendar/due", start=start, limit=limit, **more)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


@rule("V-01", "V-12", "V-42")
@pytest.mark.parametrize(
    ("start", "limit", "unit", "on"),
    [
        ("2026-09-17", 20, "workdays", "2026-10-21"),
        ("2026-11-23", 5, "workdays", "2026-11-30"),
        ("2026-09-21", 10, "natural_days", "2026-10-08"),
    ],
)
def test_a_due_date_is_told_with_its_reason(
    county: County, start: str, limit: int, unit: str, on: str
) -> None:
    found = due(county, start, limit, unit=unit)
    assert (found["on"], found["provisional"]) == (on, False)
    assert "起算" in found["reason"]


@rule("R-611", "R-612")
def test_an_unknown_year_is_not_guessed(county: County) -> None:
    found = due(county, "2026-11-23", 60)
    assert (found["on"], found["provisional"]) == (None, True)
    assert found["earliest_on"] > "2027-01-01"
    assert "2027" in found["reason"]


@pytest.mark.parametrize(
    "query",
    [
        {"start": "2026-09-17"},
        {"start": "0001-01-01", "limit": "5"},
        {"start": "9999-12-31", "limit": "5"},
        {"start": "2026-02-30", "limit": "5"},
        {"start": "1789603200", "limit": "5"},
        {"start": "2026-09-17", "limit": "10001"},
        {"start": "2026-09-17", "limit": "-1"},
        {"start": "2026-09-17", "limit": "9" * 5000},
        {"start": "2026-09-17", "limit": "5", "unit": "weeks"},
    ],
)
def test_an_absurd_question_is_invalid(county: County, query: dict[str, str]) -> None:
    response = county.anna.get("/calendar/due", **query)
    problem = assert_problem(response, 422, "invalid-parameter")
    assert problem["errors"][0]["field"] in ("start", "limit", "unit")


@rule("R-606")
def test_a_year_is_published_once_with_its_notice(county: County) -> None:
    made = county.admin.post("/calendar-years", YEAR)
    assert (made.status_code, made.json()["id"]) == (201, "national/2027")
    read = county.anna.get("/calendar-years/national/2027").json()
    assert (read["off"], read["makeup"]) == (YEAR["off"], [])
    other = YEAR | {"notice": "另一文号"}
    again = county.admin.post("/calendar-years", other)
    assert_problem(again, 409, "calendar-year-already-published")


@rule("R-607")
def test_a_year_is_revised_with_a_reason(county: County) -> None:
    version = county.anna.get(REVISED).headers["etag"]
    body = EXAMPLE | {"notice": "国办发明电〔2026〕1号", "reason": "国办另行通知"}
    assert county.admin.send("PUT", REVISED, body, If_Match=version).status_code == 200
    assert county.anna.get(REVISED).json()["notice"] == "国办发明电〔2026〕1号"
    stale = county.admin.send("PUT", REVISED, body, If_Match=version)
    assert_problem(stale, 412, "version-is-stale")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"checked_by": "王芳"}, 422, "calendar-year-unchecked"),
        ({"makeup": ["2027-01-04"]}, 422, "calendar-makeup-day-is-weekday"),
        ({"off": ["2027-01-01"]}, 422, "calendar-statutory-days-missing"),
        ({"layer": "ningxia"}, 404, "calendar-layer-unknown"),
    ],
)
def test_a_year_is_refused(
    county: County, change: dict[str, Any], status: int, code: str
) -> None:
    assert_problem(county.admin.post("/calendar-years", YEAR | change), status, code)


def test_a_year_nobody_published_is_not_found(county: County) -> None:
    path, code = "/calendar-years/national/2050", "calendar-year-not-published"
    assert_problem(county.anna.get(path), 404, code)
    body = EXAMPLE | {"reason": "更正"}
    assert_problem(county.admin.send("PUT", path, body), 404, code)


@rule("R-403")
def test_a_warning_policy_is_published_and_read(county: County) -> None:
    body = {"yellow_percent": 30, "yellow_min_workdays": 2, "basis": "通知〔2026〕3号"}
    assert county.admin.post("/warning-policies", body).status_code == 201
    assert county.anna.get("/warning-policies/warning").json() == body | {"version": 2}
    blank = county.admin.post("/warning-policies", body | {"basis": " "})
    assert_problem(blank, 422, "warning-policy-is-out-of-range")


@rule("R-904")
def test_calendar_and_policy_are_the_countys_to_set(county: County) -> None:
    township = county.caller(Role.ADMINISTRATOR, x.TOWNSHIP)
    made = township.post("/calendar-years", YEAR)
    assert_problem(made, 403, "office-out-of-scope")
    policy = {"yellow_percent": 30, "yellow_min_workdays": 2, "basis": "通知"}
    published = township.post("/warning-policies", policy)
    assert_problem(published, 403, "office-out-of-scope")
