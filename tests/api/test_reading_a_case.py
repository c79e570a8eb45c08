"""A case as it stands and stood: state, limits, next steps, and the way it came."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.authority import Role
from domain.case import commands as c
from infra.clock import set_simulated_clock
from infra.replay import as_of, to_text
from tests import examples as x
from tests.api.county import ACCEPTANCE, GRANT, County, assert_problem
from tests.rules import rule

MORNING = x.MORNING


def move_to(county: County, instant: datetime) -> None:
    set_simulated_clock(county.world.services.database, instant, 0.0)


def read(county: County, case: str, **query: str) -> dict[str, Any]:
    path = case + ("/replay" if query else "")
    response = county.anna.get(path, **query)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


@rule("V-01", "R-403")
def test_an_accepted_case_tells_its_due_dates_and_tier(county: County) -> None:
    case = county.accepted()
    limits = read(county, case)["limits"]
    assert limits["promised_due"]["on"] == "2026-10-21"
    assert limits["statutory_due"]["on"] == "2026-11-04"
    assert (limits["tier"], limits["remaining"]) == ("green", "余 20 个工作日")
    move_to(county, MORNING + timedelta(days=35))
    late = read(county, case)["limits"]
    assert (late["tier"], late["remaining"]) == ("red", "超 1 个工作日")


def test_a_finished_case_has_no_tier(county: County) -> None:
    told = read(county, county.decided())
    assert told["limits"]["tier"] is None
    assert told["limits"]["remaining"] == "已办结"
    assert told["next_steps"] == ["delivery", "rating"]


def test_an_open_case_tells_what_is_missing_and_next(county: County) -> None:
    case = county.case()
    told = read(county, case)
    assert told["missing_materials"] == ["M1", "M2"]
    assert "acceptance" not in told["next_steps"]
    county.anna.post(f"{case}/materials", {"materials": ["M1", "M2"]})
    told = read(county, case)
    assert told["missing_materials"] == []
    assert "acceptance" in told["next_steps"]


def test_the_timeline_tells_who_and_on_which_grounds(county: County) -> None:
    steps = county.anna.get(f"{county.accepted()}/timeline").json()["steps"]
    assert [step["event"] for step in steps] == [
        "case.opened.v1",
        "case.first_contact_assigned.v1",
        "case.materials_received.v1",
        "case.accepted.v1",
    ]
    accepted = steps[-1]
    assert (accepted["role"], accepted["office"]) == ("clerk", x.TOWNSHIP)
    assert accepted["rests_on"]["calendar:national"] == 8
    assert accepted["data"]["promised_due_told"] == "2026-10-21"
    positions = [step["position"] for step in steps]
    assert positions == sorted(positions)


def walked(county: County) -> str:
    """Opened in the morning, accepted a day, decided two days later."""
    case = county.case()
    county.anna.post(f"{case}/materials", {"materials": ["M1", "M2"]})
    move_to(county, MORNING + timedelta(days=1))
    county.anna.post(f"{case}/acceptance", ACCEPTANCE)
    move_to(county, MORNING + timedelta(days=2))
    county.anna.post(f"{case}/decision", GRANT)
    return case


@pytest.mark.parametrize("axis", ["effective", "recorded"])
@pytest.mark.parametrize(
    ("at", "stage", "steps"),
    [
        ("2026-09-17T09:00:00+08:00", "open", 3),
        ("2026-09-18T00:59:59.999Z", "open", 3),
        ("2026-09-18T01:00:00Z", "accepted", 4),
        ("2026-12-01T00:00:00Z", "decided", 5),
    ],
)
def test_a_case_is_shown_as_it_stood(
    county: County, at: str, stage: str, steps: int, axis: str
) -> None:
    told = read(county, walked(county), at=at, axis=axis)
    assert (told["case"]["stage"], len(told["timeline"])) == (stage, steps)
    assert told["version"] == steps


def test_before_it_began_there_was_no_case(county: County) -> None:
    path = f"{walked(county)}/replay"
    response = county.anna.get(path, at="2026-09-16T00:00:00Z")
    assert_problem(response, 404, "case-not-found")


def test_a_lost_plus_sign_in_an_address_is_found_again(county: County) -> None:
    url = f"/api/v1{county.case()}/replay?at=2026-09-17T09:00:00+08:00"
    response = county.client.get(url, headers=county.anna.headers())
    assert response.status_code == 200, response.text


def imported(county: County, opened_at: datetime | None) -> str:
    """A foreign case whose rows are dated a year before the log learns of them."""
    world, then = county.world, MORNING - timedelta(days=365)
    case = c.RecordSourceCase(
        case_id=x.CASE,
        source_case="case-1",
        source_log="log",
        office_code=x.TOWNSHIP,
        item_name=None,
        channel=None,
        opened_at=opened_at,
        deadline_at=then + timedelta(days=9),
        attributes=(),
        now=world.now(),
    )
    step = c.RecordSourceStep(
        case_id=x.CASE,
        activity="Confirmation",
        transition=None,
        step=None,
        kind=None,
        officer=None,
        previous_officer=None,
        group=None,
        now=world.now(),
    )
    world.do(case, Role.IMPORTER, effective_at=opened_at or then)
    world.do(step, Role.IMPORTER, effective_at=then)
    return f"/cases/{x.CASE}"


def test_what_happened_and_what_was_known_are_two_axes(county: County) -> None:
    case, at = imported(county, None), "2025-09-18T00:00:00Z"
    told = read(county, case, at=at, axis="effective")
    assert (told["limits"]["tier"], len(told["timeline"])) == ("green", 2)
    assert told["limits"]["given_deadline_at"] == "2025-09-26T01:00:00Z"
    unknown = county.anna.get(f"{case}/replay", at=at, axis="recorded")
    assert_problem(unknown, 404, "case-not-found")


def test_a_step_dated_before_its_case_still_belongs_to_it(county: County) -> None:
    case = imported(county, MORNING - timedelta(days=300))
    told = read(county, case, at="2025-09-18T00:00:00Z")
    assert told["case"]["case_no"] == "case-1"
    assert len(told["timeline"]) == 1


def test_an_imported_case_is_history(county: County) -> None:
    case = imported(county, None)
    assert read(county, case)["next_steps"] == []
    refused = county.anna.post(f"{case}/withdrawal", {"reason": "误点"})
    assert_problem(refused, 409, "case-is-imported")


def test_a_terminal_is_told_the_same(county: County) -> None:
    case = walked(county)
    log = county.world.services.log
    found = as_of(log, UUID(case.rpartition("/")[2]), x.NOON)
    assert found is not None
    text = to_text(found)
    assert x.CASE_NO in text
    assert "case.opened.v1" in text
    assert "case.decided.v1" not in text
