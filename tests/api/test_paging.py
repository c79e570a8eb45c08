"""Pages over HTTP: one after the other, as of one instant, by cursors not made up."""

from datetime import timedelta

import pytest

from api.cursors import cursor_of
from infra.clock import set_simulated_clock
from tests import examples as x
from tests.api.county import County, assert_problem, told

LISTS = ("/cases", "/offices", "/officers", "/posts", "/items")


@pytest.fixture(name="county", scope="module")
def with_three_cases(shared_county: County) -> County:
    shared_county.three_cases()
    return shared_county


@pytest.mark.parametrize("path", ["/cases", "/views/warnings", "/offices", "/officers"])
def test_pages_follow_each_other_without_gap_or_repetition(
    county: County, path: str
) -> None:
    name = path.rpartition("/")[2].replace("warnings", "cases")
    whole, cursor, pages = told(county.supervisor, path)[name], "", []
    while True:
        query: dict[str, str | int] = {"cursor": cursor} if cursor else {}
        page = told(county.supervisor, path, limit=1, **query)
        pages += page[name]
        cursor = page["next"]
        if cursor is None:
            break
    assert pages == whole
    assert len(whole) > 1


@pytest.mark.parametrize("path", [*LISTS, "/views/warnings"])
@pytest.mark.parametrize("cursor", ["x", "AAAA", "W10", "WzFd", "é", "W251bGxd"])
def test_a_cursor_that_was_made_up_is_malformed(
    county: County, path: str, cursor: str
) -> None:
    response = county.supervisor.get(path, cursor=cursor)
    assert_problem(response, 400, "cursor-malformed")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/cases", (10**30, str(x.CASE))),
        ("/cases", (-1, str(x.CASE))),
        ("/offices", ("\x00" * 12,)),
        ("/items", ("'; DROP",)),
        ("/views/warnings", ("0001-01-01T00:00:00+23:59", 0, 0.5, "")),
        ("/views/warnings", ("2026-09-17T09:00:00", 0, 0.5, "")),
        ("/views/warnings", ("9999-12-31T23:59:59Z", 0, 0.5, "")),
    ],
)
def test_a_place_that_cannot_be_is_malformed(
    county: County, path: str, place: tuple[object, ...]
) -> None:
    response = county.supervisor.get(path, cursor=cursor_of(place))
    assert_problem(response, 400, "cursor-malformed")


def test_pages_of_warnings_are_as_of_the_first(county: County) -> None:
    first = told(county.supervisor, "/views/warnings", limit=1)
    later = x.MORNING + timedelta(days=60)
    set_simulated_clock(county.world.services.database, later, 0.0)
    second = told(county.supervisor, "/views/warnings", cursor=first["next"])
    assert second["at"] == first["at"]
    assert told(county.supervisor, "/views/warnings")["at"] != first["at"]
