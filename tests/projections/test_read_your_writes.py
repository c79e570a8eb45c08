"""Reading what was written: woken by the projector, here or in another process."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from projections.all_views import ALL
from projections.arrivals import arrivals_of
from projections.place import Place
from projections.runner import wait_for
from projections.standing import ensure, stop
from tests import examples as x
from tests.api.county import V1, County, case_body, county_of
from tests.projections.keeping import projector_beside, projector_here
from tests.projections.shown import Shown
from tests.world import World

SECONDS = 20


@pytest.fixture
def county(settled: World) -> Iterator[County]:
    with county_of(settled) as opened:
        yield opened


def written(county: County) -> dict[str, Any]:
    """A case that was just opened: its id, and the position to wait for."""
    answer: dict[str, Any] = county.anna.post(
        "/cases", case_body(county.party())
    ).json()
    return answer


def read(county: County, after: int, seconds: float) -> Any:
    headers = county.anna.headers() | {"Prefer": f"wait={seconds:.0f}"}
    return county.client.get(f"{V1}/cases?after={after}&limit=1", headers=headers)


def test_who_waits_is_shown_what_he_wrote(county: County) -> None:
    with projector_here(county.world.services):
        for _ in range(3):
            case = written(county)
            seen = read(county, case["position"], SECONDS)
            assert seen.json()["cases"][0]["case_id"] == case["id"]
            assert int(seen.headers["banjian-position"]) >= case["position"]


def test_though_another_process_keeps_the_views(county: County) -> None:
    services = county.world.services
    projector = projector_beside(services)
    try:
        last = services.log.last_position()
        assert wait_for(services.database, last, ["deadlines"], 60)
        case = written(county)
        seen = read(county, case["position"], 10)
    finally:
        projector.kill()
        projector.join()
    assert (seen.status_code, seen.json()["cases"][0]["case_id"]) == (200, case["id"])


def test_at_the_deadline_he_is_told_how_far_the_views_are(county: County) -> None:
    began, case = time.monotonic(), written(county)
    seen = read(county, case["position"], 1)
    assert time.monotonic() - began > 1
    assert (seen.status_code, seen.headers["retry-after"]) == (202, "1")
    assert seen.json() == {
        "status": "behind",
        "position": 0,
        "wanted": case["position"],
    }


def test_a_stopped_view_keeps_nobody_for_ever(county: County) -> None:
    services = county.world.services
    (deadlines,) = (view for view in ALL if view.NAME == "deadlines")
    with Place(database=services.database).transaction() as cursor:
        ensure(cursor, deadlines)
        stop(cursor, deadlines, "ValueError at position 1")
    case = written(county)
    with projector_here(services):
        assert wait_for(services.database, case["position"], ["tracking"], SECONDS)
        assert read(county, case["position"], 0).status_code == 202


def test_a_projector_wakes_who_waits_in_its_process(shown: Shown) -> None:
    arrivals, woken = arrivals_of(shown.services.database), threading.Event()
    shown.runner.catch_up()
    before = arrivals.count
    shown.tell(x.MORNING, *x.at_hand)
    shown.runner.step()
    assert arrivals.count == before + 1
    arrivals.call(before, woken.set)
    assert woken.is_set()  # the news was there already
