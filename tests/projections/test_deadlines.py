"""The row of a case: begin, end, holder, and due dates by the calendar in the log."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.calendar.events import CalendarYearRevised
from domain.case import events as e
from tests import examples as x
from tests.projections.shown import (
    CALENDAR,
    DECEMBER,
    TRANSFERRED,
    Shown,
    instant,
    step,
    year_published,
)
from tests.rules import rule

VIEW = "deadlines_v1"
OTHER = UUID(int=2)


@rule("R-151", "R-158")
def test_both_clocks_run_from_acceptance(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.running)
    row = shown.row(VIEW)
    assert (row["stage"], row["accepted_at"]) == ("accepted", x.MORNING)
    assert row["promised_due_on"] == date(2026, 10, 21)
    assert row["statutory_due_on"] == date(2026, 11, 4)


def test_an_item_without_statute_has_one_clock(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.complete, replace(x.accepted, statutory_limit=None))
    row = shown.row(VIEW)
    assert row["promised_due_on"] == date(2026, 10, 21)
    assert row["statutory_due_on"] is row["statutory_due"] is None


@pytest.mark.parametrize(
    ("end", "stage"),
    [
        (x.granted, "decided"),
        (x.refused_at_intake, "acceptance_refused"),
        (x.withdrawn, "withdrawn"),
    ],
)
def test_a_case_is_kept_after_its_end(shown: Shown, end: object, stage: str) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.running)
    late = instant(9, 18, hour=23)
    shown.tell(late, end)
    row = shown.row(VIEW)
    assert (row["stage"], row["ended_at"]) == (stage, late)
    assert row["ended_on"] == date(2026, 9, 18)
    assert (row["opened_at"], row["last_step_at"]) == (x.MORNING, late)


def test_delivery_does_not_move_the_end(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.done)
    shown.tell(x.NOON, x.delivered)
    row = shown.row(VIEW)
    assert (row["stage"], row["ended_at"]) == ("delivered", x.MORNING)


@rule("R-608", "R-611", "V-12")
def test_a_date_behind_an_unloaded_year_says_why(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(instant(11, 23), *x.complete, DECEMBER)
    shown.tell(
        instant(11, 23), *x.complete, replace(DECEMBER, promised_limit=29), case=OTHER
    )
    provisional, unknown = shown.row(VIEW), shown.row(VIEW, OTHER)
    assert provisional["promised_due_on"] == date(2026, 12, 31)
    assert provisional["promised_due"]["provisional"]
    assert unknown["promised_due_on"] is None
    assert "2027" in unknown["promised_due"]["reason"]


@rule("R-607")
def test_a_revised_calendar_moves_open_cases_only(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.running)
    shown.tell(x.MORNING, *x.done, case=OTHER)
    year = year_published(2026)
    revised = CalendarYearRevised(
        **{name: getattr(year, name) for name in year.__slots__}
        | {"off": (*year.off, date(2026, 10, 21)), "reason": "R"}
    )
    shown.scribe.tell(CALENDAR, revised)
    moved, kept = shown.row(VIEW), shown.row(VIEW, OTHER)
    assert (moved["promised_due_on"], moved["calendar_version"]) == (
        date(2026, 10, 22),
        2,
    )
    assert (kept["promised_due_on"], kept["calendar_version"]) == (
        date(2026, 10, 21),
        1,
    )


def test_the_case_goes_with_its_holder(shown: Shown) -> None:
    handed = e.CaseHandedOver(from_officer=x.ANNA, to_officer=x.BO, reason="R")
    shown.tell(x.MORNING, *x.at_hand, handed)
    row = shown.row(VIEW)
    assert (row["responsible"], row["post"]) == (x.BO, x.WINDOW)
    shown.tell(x.NOON, TRANSFERRED)
    row = shown.row(VIEW)
    assert (row["responsible"], row["post"]) == (x.CHEN, x.OTHER_WINDOW)
    assert row["office_code"] == x.OTHER_TOWNSHIP


def test_a_source_case_is_as_its_log_tells(shown: Shown) -> None:
    shown.tell(x.MORNING, x.source_case)
    shown.tell(x.NOON, step("T1", x.ANNA), step("T2"))
    row = shown.row(VIEW)
    assert (row["case_no"], row["channel"]) == ("case-1", "Internet")
    assert (row["opened_at"], row["deadline_at"]) == (x.MORNING, x.NOON)
    assert row["ended_at"] is row["promised_due_on"] is row["accepted_at"] is None
    assert row["responsible"] == x.ANNA


def test_what_is_not_recorded_is_not_known(shown: Shown) -> None:
    shown.tell(x.MORNING, replace(x.source_case, opened_at=None, deadline_at=None))
    row = shown.row(VIEW)
    assert row["opened_at"] is row["deadline_at"] is row["first_step_at"] is None


def test_only_steps_span_the_steps(shown: Shown) -> None:
    hour = timedelta(hours=1)
    shown.tell(x.MORNING, x.source_case)
    shown.tell(x.NOON, step("T2"))
    shown.tell(x.NOON - hour, step("T1"))
    derived = e.SourceHandoverDerived(from_officer=x.ANNA, to_officer=x.BO)
    shown.tell(x.NOON + hour, derived, e.SourceCaseEnded(ended_at=x.NOON + hour))
    row = shown.row(VIEW)
    assert (row["first_step_at"], row["last_step_at"]) == (x.NOON - hour, x.NOON)


def test_a_source_case_that_ended_stays_ended(shown: Shown) -> None:
    ended = e.SourceCaseEnded(ended_at=x.MORNING)
    shown.tell(x.MORNING, x.source_case, step("T4", step="accepted"))
    assert shown.row(VIEW)["stage"] == "accepted"
    shown.tell(x.NOON, ended, step("T14", step="decided"))
    row = shown.row(VIEW)
    assert (row["stage"], row["ended_at"]) == ("source_ended", x.MORNING)
