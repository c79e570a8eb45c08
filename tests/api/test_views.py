"""The views over HTTP: warning, tracking, efficiency, paths, lists, and waiting."""

import threading
from collections.abc import Iterator

import pytest

from projections.all_views import ALL
from projections.runner import Runner
from tests import examples as x
from tests.api.county import V1, County, assert_problem, county_of, told
from tests.rules import rule
from tests.world import World

LISTS = ("/cases", "/offices", "/officers", "/posts", "/items")
VIEWS = (
    "/views/warnings",
    "/views/warnings/counts",
    "/views/tracking",
    "/views/efficiency",
    "/views/paths",
)


@pytest.fixture(name="county", scope="module")
def with_three_cases(shared_county: County) -> County:
    """Nothing is written below but for tests that ask for a ``changing`` county."""
    shared_county.three_cases()
    return shared_county


@pytest.fixture
def changing(settled: World) -> Iterator[County]:
    with county_of(settled) as opened:
        yield opened


@pytest.fixture(scope="module")
def ids(county: County) -> dict[str, str]:
    cases = told(county.supervisor, "/cases")["cases"]
    return {case["stage"]: case["case_id"] for case in cases}


@pytest.mark.parametrize("path", [*LISTS, *VIEWS])
def test_a_view_says_how_far_it_has_come(county: County, path: str) -> None:
    response = county.supervisor.get(path)
    last = county.world.services.log.last_position()
    assert response.json()["position"] == last
    assert response.headers["banjian-position"] == str(last)


@pytest.mark.parametrize("path", [*LISTS, *VIEWS])
def test_a_view_is_not_shown_before_it_has_come_so_far(
    county: County, path: str
) -> None:
    far = county.world.services.log.last_position() + 1
    headers = county.supervisor.headers() | {"Prefer": "wait=0"}
    response = county.client.get(f"{V1}{path}?after={far}", headers=headers)
    assert response.status_code == 202
    assert response.json() == {"status": "behind", "position": far - 1, "wanted": far}
    assert response.headers["retry-after"] == "1"


def test_what_was_written_is_waited_for(changing: County) -> None:
    services, stop = changing.world.services, threading.Event()
    runner = Runner(services.log, services.database, ALL)
    thread = threading.Thread(target=runner.run, args=(stop,))
    thread.start()
    try:
        for _ in range(3):
            opened = changing.anna.post("/cases", case_of(changing)).json()
            seen = told(changing.anna, "/cases", after=opened["position"], limit=1)
            assert seen["cases"][0]["case_id"] == opened["id"]
    finally:
        stop.set()
        thread.join()


def case_of(county: County) -> dict[str, str]:
    return {
        "item_code": x.ITEM,
        "applicant": county.party(),
        "post": str(x.WINDOW),
        "channel": "window",
    }


def test_cases_are_narrowed_by_stage_item_and_tier(
    county: County, ids: dict[str, str]
) -> None:

    def listed(**query: str) -> set[str]:
        cases = told(county.supervisor, "/cases", **query)["cases"]
        return {case["case_id"] for case in cases}

    assert listed(stage="decided") == {ids["decided"]}
    assert listed(tier="green") == {ids["accepted"]}
    assert listed(tier="no_limit", stage="open") == {ids["open"]}
    assert listed(item=x.ITEM) == set(ids.values())
    assert listed(item="X1") == listed(office=x.OTHER_TOWNSHIP) == set()


@rule("R-403")
def test_warnings_are_as_of_any_instant(county: County, ids: dict[str, str]) -> None:
    late = "2026-10-22T09:00:00+08:00"
    red = told(county.supervisor, "/views/warnings", effective_at=late, tier="red")
    (case,) = red["cases"]
    assert (case["case_id"], case["remaining"]) == (ids["accepted"], "超 1 个工作日")
    counts = told(county.supervisor, "/views/warnings/counts", effective_at=late)
    assert (counts["started_by"], counts["open"], counts["overdue"]) == (3, 2, 1)
    assert (counts["tiers"]["red"], counts["tiers"]["no_limit"]) == (1, 1)
    early = "2026-09-01T00:00:00Z"
    before = told(county.supervisor, "/views/warnings/counts", effective_at=early)
    assert (before["started_by"], before["open"], before["overdue"]) == (0, 0, 0)


@pytest.mark.parametrize("at", ["2026-09-17", "2026-09-17T09:00:00", "yesterday"])
@pytest.mark.parametrize("path", VIEWS[:2])
def test_an_instant_without_offset_is_invalid(
    county: County, path: str, at: str
) -> None:
    response = county.supervisor.get(path, effective_at=at)
    assert_problem(response, 422, "invalid-parameter")


def test_steps_are_followed_from_where_one_was(county: County) -> None:
    seen, after = [], 0
    while True:
        page = told(county.anna, "/views/tracking", after=after, limit=2)
        seen += [step["position"] for step in page["steps"]]
        if not page["steps"]:
            break
        after = page["next"]
    assert seen == sorted(set(seen))
    assert len(seen) == 2 + 4 + 5
    assert page["next"] == after


def test_figures_are_by_office_officer_and_day(county: County) -> None:
    (total,) = told(county.anna, "/views/efficiency")["figures"]
    counted = (total["received"], total["accepted"], total["finished"])
    assert counted == (3, 2, 1)
    assert total["average_seconds"] is None
    (office,) = told(county.anna, "/views/efficiency", by="office")["figures"]
    assert (office["key"], office["name"]) == (x.TOWNSHIP, "大水坑镇民生服务中心")
    (day,) = told(county.anna, "/views/efficiency", by="day")["figures"]
    assert day["key"] == "2026-09-17"
    (anna,) = told(county.anna, "/views/efficiency", by="officer")["officers"]
    assert (anna["officer"], anna["name"]) == (str(x.ANNA), "安娜")


def test_ways_are_counted_and_timed(county: County) -> None:
    paths = told(county.anna, "/views/paths", limit=2)
    assert (paths["summary"]["cases"], paths["summary"]["variants"]) == (3, 3)
    assert len(paths["variants"]) == 2
    empty = told(county.stranger, "/views/paths")
    assert empty["summary"]["cases"] == 0
    assert empty["summary"]["mean_ms"] is None


@rule("R-903", "R-904")
@pytest.mark.parametrize("path", [*LISTS[:4], *VIEWS])
def test_a_view_is_the_callers_scope_and_no_more(county: County, path: str) -> None:
    own = told(county.stranger, path)
    assert x.TOWNSHIP not in str(own)
    beyond = county.stranger.get(path, office=x.TOWNSHIP)
    problem = assert_problem(beyond, 403, "office-out-of-scope")
    assert problem["rule"] == "R-904"
    assert told(county.supervisor, path, office=x.VILLAGE)


def test_views_tell_where_they_stand(changing: County) -> None:
    changing.show()
    status = told(changing.anna, "/views/status")
    assert {view["name"] for view in status["views"]} == {view.NAME for view in ALL}
    assert {view["lag"] for view in status["views"]} == {0}
    changing.party()
    assert {view["lag"] for view in told(changing.anna, "/views/status")["views"]} == {
        2
    }


def test_a_process_says_that_it_is_alive_and_ready(county: County) -> None:
    assert county.client.get("/healthz").json() == {"status": "ok"}
    ready = county.client.get("/readyz").json()
    assert ready == {"status": "ready", "is_simulated": True, "stopped_views": []}
