"""What each case came to: in time or not, how long, by whose hands, done how often."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.case import events as e
from tests import examples as x
from tests.projections.shown import DECEMBER, TRANSFERRED, Shown, instant, step
from tests.rules import rule

VIEW = "efficiency_v1"
HANDED = e.CaseHandedOver(from_officer=x.ANNA, to_officer=x.BO, reason="R")
DERIVED = e.SourceHandoverDerived(from_officer=x.ANNA, to_officer=x.BO)


@rule("R-614")
def test_days_are_those_of_shanghai(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(instant(9, 18, hour=1), *x.running)  # still the 17th in Greenwich
    shown.tell(instant(9, 21, hour=7), x.granted)
    rated = e.CaseRated(level="satisfied", channel="counter")
    shown.tell(instant(9, 24, hour=0), rated)
    row = shown.row(VIEW)
    assert row["received_on"] == date(2026, 9, 18)
    assert row["accepted_on"] == x.accepted.accepted_on
    assert row["finished_on"] == date(2026, 9, 21)
    assert (row["rating"], row["rated_on"]) == ("satisfied", date(2026, 9, 24))


@rule("R-153", "R-430")
@pytest.mark.parametrize(
    ("day", "is_on_time"), [(date(2026, 10, 21), True), (date(2026, 10, 22), False)]
)
def test_the_last_day_is_in_time(shown: Shown, day: date, *, is_on_time: bool) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.running)
    shown.tell(instant(day.month, day.day, hour=23), x.granted)
    assert shown.row(VIEW)["is_on_time"] is is_on_time


@rule("R-159")
@pytest.mark.parametrize(
    ("at", "workdays"),
    [(x.NOON, 0), (instant(9, 18), 1), (instant(9, 20), 2), (instant(10, 21), 20)],
)
def test_a_duration_is_in_working_days(
    shown: Shown, at: datetime, workdays: int
) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.running)
    shown.tell(at, x.granted)
    assert shown.row(VIEW)["workdays"] == workdays


@rule("R-612")
def test_nothing_is_late_by_a_provisional_date(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(instant(11, 23), *x.complete, DECEMBER)
    shown.tell(datetime(2027, 1, 5, tzinfo=UTC), x.granted)
    row = shown.row(VIEW)
    assert row["is_on_time"] is row["workdays"] is None
    assert row["finished_on"] == date(2027, 1, 5)


def test_what_was_not_certain_is_judged_when_the_year_is_known(shown: Shown) -> None:
    shown.publish(2025)
    accepted = replace(x.accepted, accepted_on=date(2025, 12, 22), promised_limit=9)
    begun, end = instant(12, 22, year=2025), instant(1, 9)
    shown.tell(begun, *x.complete, accepted)
    shown.tell(end, x.granted)
    before = shown.row(VIEW)
    shown.publish(2026)
    after = shown.row(VIEW)
    assert before["is_on_time"] is before["workdays"] is None
    # 1 to 3 January are off, the 4th is worked: the ninth day is the 5th.
    assert (after["is_on_time"], after["workdays"]) == (False, 13)


def test_before_any_possible_last_day_it_is_surely_in_time(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(instant(11, 23), *x.complete, DECEMBER)
    shown.tell(instant(11, 24), x.granted)
    assert shown.row(VIEW)["is_on_time"] is True


@pytest.mark.parametrize("end", [x.withdrawn, x.refused_at_intake])
def test_without_acceptance_nothing_is_judged(shown: Shown, end: object) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.at_hand, end)
    row = shown.row(VIEW)
    assert row["finished_on"] == x.TODAY
    assert row["is_on_time"] is row["workdays"] is row["accepted_on"] is None


@pytest.mark.parametrize(("seconds", "is_on_time"), [(-1, True), (0, True), (1, False)])
def test_a_source_case_is_judged_by_its_given_deadline(
    shown: Shown, seconds: int, *, is_on_time: bool
) -> None:
    ended_at = x.NOON + timedelta(seconds=seconds)
    shown.tell(x.MORNING, x.source_case, e.SourceCaseEnded(ended_at=ended_at))
    row = shown.row(VIEW)
    assert (row["is_on_time"], row["finished_at"]) == (is_on_time, ended_at)
    assert row["workdays"] is None


def test_a_proxy_step_does_not_finish_a_source_case(shown: Shown) -> None:
    decided = step("T14", x.ANNA, step="decided")
    accepted = step("T4", x.ANNA, step="accepted")
    shown.tell(x.MORNING, x.source_case, accepted, decided)
    row = shown.row(VIEW)
    assert row["finished_on"] is None
    assert row["accepted_on"] == x.TODAY


def test_what_the_source_leaves_out_is_not_known(shown: Shown) -> None:
    unknown = replace(x.source_case, opened_at=None, deadline_at=None)
    shown.tell(x.MORNING, unknown, e.SourceCaseEnded(ended_at=x.NOON))
    row = shown.row(VIEW)
    assert row["received_on"] is row["is_on_time"] is None


def test_recorded_and_derived_handovers_are_counted_apart(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.at_hand, HANDED, TRANSFERRED)
    shown.tell(x.MORNING, x.source_case, case=x.BO)
    shown.tell(x.NOON, step("A", x.ANNA), DERIVED, step("B", x.BO), case=x.BO)
    live, source = shown.row(VIEW), shown.row(VIEW, x.BO)
    assert (live["handovers"], live["derived_handovers"]) == (2, 0)
    assert (source["handovers"], source["derived_handovers"]) == (0, 1)
    assert live["office_code"] == x.OTHER_TOWNSHIP


def test_the_first_and_the_last_officer_are_remembered(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.at_hand, HANDED, TRANSFERRED)
    shown.tell(x.MORNING, x.source_case, case=x.BO)
    steps = (step("A", x.CHEN), step("B", x.BO), step("C"))
    shown.tell(x.NOON, *steps, case=x.BO)
    live, source = shown.row(VIEW), shown.row(VIEW, x.BO)
    assert (live["first_officer"], live["last_officer"]) == (x.ANNA, x.CHEN)
    assert (source["first_officer"], source["last_officer"]) == (x.CHEN, x.BO)


def test_an_activity_done_again_is_rework(shown: Shown) -> None:
    shown.tell(x.MORNING, x.source_case, step("A"), step("B"), step("A"), step("A"))
    row = shown.row(VIEW)
    assert (row["steps"], row["rework_steps"]) == (4, 2)


def test_starting_and_completing_one_activity_is_no_rework(shown: Shown) -> None:
    start, complete = step("A", transition="start"), step("A", transition="complete")
    shown.tell(x.MORNING, x.source_case, start, complete)
    assert shown.row(VIEW)["rework_steps"] == 0
    shown.tell(x.NOON, start, complete)
    assert shown.row(VIEW)["rework_steps"] == 2
