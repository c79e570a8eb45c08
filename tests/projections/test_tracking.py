"""The whole way of a case, and the ticker of what is new in scope."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.case import events as e
from projections.scope import Scope
from projections.tracking import latest, ticker, timeline
from tests import examples as x
from tests.projections.scribe import Fact
from tests.projections.shown import TRANSFERRED, Shown, instant, step
from tests.rules import rule
from tests.world import START

COUNTY = Scope.of(x.COUNTY)
OTHER = UUID(int=2)


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows]


def test_a_timeline_has_every_event_in_the_order_of_the_case(shown: Shown) -> None:
    shown.tell(x.NOON, x.source_case, step("T2"))
    shown.tell(x.MORNING, step("T1"))  # the log tells of it later
    shown.tell(x.NOON, x.opened, case=OTHER)
    rows = shown.ask(timeline, x.CASE)
    assert [row["version"] for row in rows] == [1, 2, 3]
    assert [row["activity"] for row in rows] == [None, "T2", "T1"]
    assert {row["case_no"] for row in rows} == {"case-1"}


def test_a_timeline_ends_at_an_instant(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.at_hand)
    shown.tell(x.NOON, x.all_received)
    assert len(shown.ask(timeline, x.CASE, until=x.MORNING)) == 2
    assert len(shown.ask(timeline, x.CASE, until=x.NOON)) == 3
    assert shown.ask(timeline, OTHER) == []


def test_it_says_who_acted_and_who_took_over(shown: Shown) -> None:
    handed = e.CaseHandedOver(from_officer=x.ANNA, to_officer=x.BO, reason="出差")
    shown.tell(x.MORNING, *x.at_hand, handed, TRANSFERRED)
    rows = shown.ask(timeline, x.CASE)
    assert [row["officer"] for row in rows] == [None, x.ANNA, x.ANNA, None]
    assert [row["to_officer"] for row in rows] == [None, None, x.BO, x.CHEN]
    assert rows[2]["details"] == {"reason": "出差"}
    assert {row["actor"] for row in rows} == {"scribe"}


def test_details_are_plain_facts(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.running)
    opened, first, received, accepted = shown.ask(timeline, x.CASE)
    assert opened["details"]["item_code"] == x.ITEM
    assert first["details"] == {"post": str(x.WINDOW)}
    assert received["details"] == {"materials": ["M1", "M2"]}
    assert accepted["details"]["accepted_on"] == "2026-09-17"
    assert accepted["details"]["is_provisional"] is False


@pytest.mark.parametrize("secret", [str(x.APPLICANT), "Resource21"])
def test_neither_applicant_nor_attributes_are_told(shown: Shown, secret: str) -> None:
    kept = e.Attribute(name="case_responsible", value="Resource21")
    shown.tell(x.MORNING, *x.at_hand)
    shown.tell(x.MORNING, replace(x.source_case, attributes=(kept,)), case=OTHER)
    assert secret not in str(shown.rows("tracking_v1"))


def test_imported_and_derived_are_marked(shown: Shown) -> None:
    derived = e.SourceHandoverDerived(from_officer=x.ANNA, to_officer=x.BO)
    facts = (
        Fact(stream=x.CASE, event=x.source_case, at=x.MORNING, flags=("imported",)),
        Fact(stream=x.CASE, event=derived, at=x.NOON, flags=("imported", "derived")),
    )
    shown.scribe.write(facts)
    first, second = shown.ask(timeline, x.CASE)
    assert (first["is_imported"], first["is_derived"]) == (True, False)
    assert (second["is_imported"], second["is_derived"]) == (True, True)
    assert second["effective_at"] == x.NOON
    assert second["recorded_at"] == START


def test_the_ticker_goes_on_from_where_one_was(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.complete)
    first = shown.ask(ticker, COUNTY, 0, 2)
    rest = shown.ask(ticker, COUNTY, first[-1]["position"], 2)
    assert names(first) == ["case.opened.v1", "case.first_contact_assigned.v1"]
    assert names(rest) == ["case.materials_received.v1"]
    assert shown.ask(ticker, COUNTY, rest[-1]["position"], 2) == []


def test_the_latest_are_by_when_they_happened(shown: Shown) -> None:
    shown.tell(instant(9, 20), x.opened)
    shown.tell(x.MORNING, x.source_case, case=OTHER)  # imported later, long past
    shown.tell(x.NOON, step("T1"), case=OTHER)
    assert names(shown.ask(latest, COUNTY, 2)) == [
        "case.opened.v1",
        "case.source_step_recorded.v1",
    ]
    assert len(shown.ask(latest, COUNTY, 9, until=x.NOON)) == 2
    assert len(shown.ask(latest, COUNTY, 9, until=x.MORNING)) == 1


@rule("R-903", "R-904")
def test_each_scope_sees_the_steps_taken_in_it(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.at_hand, TRANSFERRED)
    before = shown.ask(ticker, Scope.of(x.TOWNSHIP), 0, 9)
    after = shown.ask(ticker, Scope.of(x.OTHER_TOWNSHIP), 0, 9)
    assert len(before) == 2
    assert names(after) == ["case.transferred.v1"]
