"""The ways cases went: variants, activities, pairs, and how long they took."""

import statistics
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.case import events as e
from projections.paths import activities, summary, variants
from projections.scope import Scope
from tests import examples as x
from tests.projections.shown import TRANSFERRED, Shown, step

COUNTY = Scope.of(x.COUNTY)
WAYS = (("A", "B", "C"), ("A", "C"), ("A", "B", "C"), ("A", "B", "B", "C"))


def tell_ways(shown: Shown) -> None:
    """Case n takes n hours a step."""
    for number, way in enumerate(WAYS, start=1):
        case = UUID(int=number)
        shown.tell(x.MORNING, x.source_case, case=case)
        for place, activity in enumerate(way):
            at = x.MORNING + timedelta(hours=number * place)
            shown.tell(at, step(activity), case=case)


def told(shown: Shown, scope: Scope = COUNTY) -> dict[str, Any]:
    return shown.ask(summary, scope)


def test_variants_are_counted_most_frequent_first(shown: Shown) -> None:
    tell_ways(shown)
    rows = shown.ask(variants, COUNTY, 9)
    assert (rows[0]["activities"], rows[0]["cases"]) == (["A", "B", "C"], 2)
    assert sorted(row["cases"] for row in rows) == [1, 1, 2]
    assert len(shown.ask(variants, COUNTY, 1)) == 1


def test_activities_are_counted(shown: Shown) -> None:
    tell_ways(shown)
    rows = shown.ask(activities, COUNTY, 9)
    counted = [(row["activity"], row["events"]) for row in rows]
    assert counted == [("A", 4), ("B", 4), ("C", 4)]


def test_pairs_that_follow_each_other_are_counted(shown: Shown) -> None:
    tell_ways(shown)
    row = told(shown)
    assert (row["cases"], row["variants"], row["activities"]) == (4, 3, 3)
    assert row["edges"] == len({"AB", "BC", "AC", "BB"})


def test_how_long_the_ways_took(shown: Shown) -> None:
    tell_ways(shown)
    hours, row = [2, 2, 6, 12], told(shown)
    hour = 3_600_000
    assert row["mean_ms"] == statistics.mean(hours) * hour
    assert row["median_ms"] == statistics.median(hours) * hour
    assert (row["min_ms"], row["max_ms"]) == (2 * hour, 12 * hour)
    assert row["p90_ms"] == pytest.approx((6 + 0.7 * 6) * hour)  # linear, at 2.7


def test_opening_end_and_what_is_derived_are_no_steps_of_a_way(shown: Shown) -> None:
    derived = e.SourceHandoverDerived(from_officer=x.ANNA, to_officer=x.BO)
    ended = e.SourceCaseEnded(ended_at=x.NOON)
    shown.tell(x.MORNING, x.source_case, step("A"))
    shown.tell(x.NOON, derived, ended)
    assert told(shown)["activities"] == 1
    assert told(shown)["max_ms"] == 0


def test_a_live_case_goes_by_the_names_of_its_events(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.at_hand)
    (way,) = shown.ask(variants, COUNTY, 9)
    assert way["activities"] == ["case.opened.v1", "case.first_contact_assigned.v1"]


def test_a_case_without_a_step_has_no_way(shown: Shown) -> None:
    shown.tell(x.MORNING, x.source_case)
    row = told(shown)
    assert (row["cases"], row["edges"], row["mean_ms"]) == (0, 0, None)


def test_the_way_goes_where_the_case_goes(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.at_hand, TRANSFERRED)
    assert told(shown, Scope.of(x.TOWNSHIP))["cases"] == 0
    assert told(shown, Scope.of(x.OTHER_TOWNSHIP))["cases"] == 1
