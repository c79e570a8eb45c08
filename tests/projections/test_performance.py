"""Figures by office, officer and day, each with what it is counted from."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.case import events as e
from domain.post.events import PostEstablished
from projections.performance import (
    By,
    by_post,
    finished_cases,
    finished_on,
    officers,
    performance,
)
from projections.scope import Scope
from tests import examples as x
from tests.projections.shown import TRANSFERRED, Shown, instant, step
from tests.projections.test_efficiency import DERIVED, HANDED
from tests.rules import rule

COUNTY = Scope.of(x.COUNTY)


def figures(shown: Shown, by: By, scope: Scope = COUNTY) -> dict[Any, dict[str, Any]]:
    return {row["key"]: row for row in shown.ask(performance, scope, by)}


def total(shown: Shown) -> dict[str, Any]:
    return figures(shown, By.TOTAL)[None]


def tell_two(shown: Shown) -> None:
    """Case 1 is finished in time after one day, case 2 too late after 21."""
    shown.publish(2026)
    for number, end in ((1, instant(9, 18)), (2, instant(10, 22))):
        shown.tell(x.MORNING, *x.running, case=UUID(int=number))
        shown.tell(end, x.granted, case=UUID(int=number))


@rule("R-430", "R-434")
def test_a_share_has_numerator_and_denominator(shown: Shown) -> None:
    tell_two(shown)
    shown.tell(x.MORNING, *x.running, case=UUID(int=3))
    row = total(shown)
    assert (row["cases"], row["received"], row["accepted"]) == (3, 3, 3)
    assert (row["finished"], row["on_time"], row["judged_on_time"]) == (2, 1, 2)
    assert (row["average_workdays"], row["median_workdays"]) == (11, 11)
    assert row["average_seconds"] is None


@rule("R-317")
def test_satisfaction_is_of_those_who_rated(shown: Shown) -> None:
    tell_two(shown)
    assert (total(shown)["rated"], total(shown)["satisfied"]) == (0, 0)
    for number, level in ((1, "basically_satisfied"), (2, "dissatisfied")):
        rated = e.CaseRated(level=level, channel="counter")
        shown.tell(instant(10, 23), rated, case=UUID(int=number))
    assert (total(shown)["rated"], total(shown)["satisfied"]) == (2, 1)


def test_a_scope_without_cases_has_a_total_of_nothing(shown: Shown) -> None:
    row = total(shown)
    assert (row["cases"], row["finished"], row["handovers"]) == (0, 0, 0)
    assert row["average_workdays"] is row["median_workdays"] is None
    for by in (By.OFFICE, By.OFFICER, By.DAY):
        assert figures(shown, by) == {}


def test_a_source_case_takes_seconds(shown: Shown) -> None:
    shown.tell(x.MORNING, x.source_case, e.SourceCaseEnded(ended_at=x.NOON))
    assert total(shown)["average_seconds"] == 3 * 3600
    assert total(shown)["average_workdays"] is None


@rule("R-903", "R-904")
def test_by_office_within_the_scope(shown: Shown) -> None:
    tell_two(shown)
    shown.tell(x.MORNING, *x.at_hand, TRANSFERRED, case=UUID(int=3))
    rows = figures(shown, By.OFFICE)
    assert {code: row["cases"] for code, row in rows.items()} == {
        x.TOWNSHIP: 2,
        x.OTHER_TOWNSHIP: 1,
    }
    assert list(figures(shown, By.OFFICE, Scope.of(x.TOWNSHIP))) == [x.TOWNSHIP]


def test_a_day_counts_what_happened_on_it(shown: Shown) -> None:
    tell_two(shown)
    rated = e.CaseRated(level="satisfied", channel="counter")
    shown.tell(instant(9, 20), rated, case=UUID(int=1))
    rows = figures(shown, By.DAY)
    assert list(rows) == ["2026-09-17", "2026-09-18", "2026-09-20", "2026-10-22"]
    first, second, third, last = rows.values()
    assert (first["received"], first["accepted"], first["finished"]) == (2, 2, 0)
    assert (second["cases"], second["finished"], second["on_time"]) == (1, 1, 1)
    assert (third["rated"], third["satisfied"], third["finished"]) == (1, 1, 0)
    assert (last["on_time"], last["average_workdays"]) == (0, 21)
    assert shown.ask(finished_on, COUNTY, instant(9, 18).date()) == 1


def test_the_days_of_source_steps_add_up(shown: Shown) -> None:
    shown.tell(x.MORNING, x.source_case, step("A", x.ANNA))
    shown.tell(instant(9, 18), DERIVED, step("B", x.BO), step("A", x.BO))
    shown.tell(instant(9, 19), step("A", x.BO))
    days, row = figures(shown, By.DAY).values(), total(shown)
    for name in ("source_steps", "derived_handovers", "rework_steps", "received"):
        assert sum(day[name] for day in days) == row[name]
    assert [day["rework_steps"] for day in days] == [0, 1, 1]
    assert row["rework_cases"] == 1


def test_of_many_days_the_latest_are_told(shown: Shown) -> None:
    tell_two(shown)
    rows = shown.ask(performance, COUNTY, By.DAY, limit=2)
    assert [row["key"] for row in rows] == ["2026-09-18", "2026-10-22"]


def test_an_officer_answers_for_the_cases_he_held_last(shown: Shown) -> None:
    tell_two(shown)
    shown.tell(x.MORNING, *x.at_hand, HANDED, case=UUID(int=3))
    rows = figures(shown, By.OFFICER)
    assert (rows[x.ANNA]["cases"], rows[x.ANNA]["finished"]) == (2, 2)
    assert (rows[x.BO]["cases"], rows[x.BO]["handovers"]) == (1, 1)


def test_a_case_counts_for_everyone_who_worked_on_it(shown: Shown) -> None:
    shown.tell(x.MORNING, x.source_case, step("A", x.ANNA), step("B", x.ANNA))
    shown.tell(x.NOON, DERIVED, step("C", x.BO), step("D"))
    shown.tell(x.NOON, replace(x.source_case), step("A", x.BO), case=UUID(int=2))
    rows = {row["officer"]: row for row in shown.ask(officers, COUNTY)}
    anna, bo = rows[x.ANNA], rows[x.BO]
    assert (anna["steps"], anna["cases"], anna["last_in_cases"]) == (2, 1, 0)
    assert (bo["steps"], bo["cases"], bo["last_in_cases"]) == (2, 2, 2)
    assert (anna["handed_over"], bo["handed_over"]) == (1, 0)


@rule("R-434")
def test_a_window_is_told_by_what_it_finished_of_late(shown: Shown) -> None:
    tell_two(shown)
    posts = {x.WINDOW: x.TOWNSHIP, x.AGENCY_DESK: x.VILLAGE}
    for post, office in posts.items():
        told = PostEstablished(
            post_id=post, office_code=office, name="N", primary=x.ANNA, backup=x.BO
        )
        shown.scribe.tell(post, told)
    first, idle = shown.ask(by_post, COUNTY, instant(10, 22).date(), 30)
    assert (first["post_id"], idle["post_id"]) == (x.WINDOW, x.AGENCY_DESK)
    assert (first["finished_today"], first["finished"]) == (1, 1)
    assert (first["average_workdays"], first["averaged"]) == (21, 1)
    assert (first["on_time"], first["judged_on_time"]) == (0, 1)
    assert (idle["finished"], idle["average_workdays"]) == (0, None)


def test_the_cases_finished_on_a_day(shown: Shown) -> None:
    tell_two(shown)
    day = instant(9, 18).date()
    (case,) = shown.ask(finished_cases, COUNTY, day)
    assert (case["case_id"], case["workdays"]) == (UUID(int=1), 1)
    assert shown.ask(finished_cases, COUNTY, day, x.WINDOW) == [case]
    assert shown.ask(finished_cases, COUNTY, day, x.OTHER_WINDOW) == []
    assert shown.ask(finished_cases, Scope.of(x.OTHER_TOWNSHIP), day) == []
