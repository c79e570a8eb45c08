"""Notices over HTTP: whose inbox, in which order, and read once."""

from typing import Any

import pytest

from tests import examples as x
from tests.api.county import Caller, County, assert_problem, told
from tests.api.inbox import red_case
from tests.rules import rule


@pytest.fixture
def warned(county: County) -> County:
    """One overdue case: a notice in the township's inbox, one in the county's."""
    red_case(county.world)
    county.show()
    return county


def first(caller: Caller, **query: str) -> dict[str, Any]:
    (notice,) = told(caller, "/notices", **query)["notices"]
    found: dict[str, Any] = notice
    return found


@rule("R-401", "R-904")
def test_each_office_has_its_own_inbox(warned: County) -> None:
    notice = first(warned.anna)
    assert (notice["kind"], notice["due_on"]) == ("red", "2026-10-21")
    assert notice["recipient"] == x.TOWNSHIP
    assert first(warned.supervisor)["recipient"] == x.COUNTY
    below = told(warned.supervisor, "/notices", office=x.TOWNSHIP)
    assert (below["unread"], below["notices"]) == (1, [notice])
    assert told(warned.chen, "/notices")["notices"] == []
    response = warned.anna.get("/notices", office=x.COUNTY)
    assert_problem(response, 403, "office-out-of-scope")


@rule("R-401")
def test_reading_is_recorded_once(warned: County) -> None:
    path = f"/notices/{first(warned.anna)['notice_id']}/reading"
    read = warned.anna.post(path, {}, Idempotency_Key="k")
    assert (read.status_code, read.json()["status"]) == (200, "done"), read.text
    again = warned.anna.post(path, {}, Idempotency_Key="k")
    assert again.json() == read.json()
    assert warned.bo.post(path, {}).json()["status"] == "already_so"
    warned.show()
    notice = first(warned.anna)
    assert notice["read_by"] == f"clerk-{x.TOWNSHIP}-{x.ANNA}"
    assert notice["read_at"] == "2026-10-22T01:00:00Z"
    assert told(warned.anna, "/notices", unread="true")["notices"] == []


@rule("R-904")
def test_nobody_reads_for_another_office(warned: County) -> None:
    path = f"/notices/{first(warned.anna)['notice_id']}/reading"
    above = warned.supervisor.post(path, {})
    assert_problem(above, 403, "notice-is-for-another-office")
    assert_problem(warned.stranger.post(path, {}), 404, "notice-not-found")
    assert first(warned.anna)["read_at"] is None


def test_a_case_is_no_notice(warned: County) -> None:
    response = warned.anna.post(f"/notices/{x.CASE}/reading", {})
    assert_problem(response, 404, "notice-not-found")


@rule("R-822")
def test_only_the_sentinel_sends_and_it_reads_nothing(warned: County) -> None:
    path = f"/notices/{first(warned.anna)['notice_id']}/reading"
    evaluator = warned.evaluator.post(path, {})
    assert_problem(evaluator, 403, "role-may-not")
