"""Open and overdue as of any instant, from intervals; tiers computed when read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domain.case import events as e
from domain.case.tier import DeadlineTier
from projections.scope import Scope
from projections.warnings import (
    Counts,
    OpenCase,
    Window,
    counts,
    tier_counts,
    warnings,
)
from tests import examples as x
from tests.projections.shown import DECEMBER, TRANSFERRED, Shown, instant, step
from tests.rules import rule

MOMENT = timedelta(microseconds=1)
COUNTY = Scope.of(x.COUNTY)
OTHER = UUID(int=2)


def counted(
    shown: Shown, at: datetime, window: Window = Window.CASE, scope: Scope = COUNTY
) -> Counts:
    return shown.ask(counts, scope, at, window)


def only(shown: Shown, at: datetime) -> OpenCase:
    (case,) = shown.ask(warnings, COUNTY, at)
    return case


def figures(started_by: int, is_open: int, overdue: int) -> Counts:
    return Counts(started_by=started_by, open=is_open, overdue=overdue)


def test_a_case_is_open_from_its_beginning_until_its_end(shown: Shown) -> None:
    end = x.NOON + timedelta(hours=1)
    shown.tell(x.MORNING, x.source_case, e.SourceCaseEnded(ended_at=end))
    assert counted(shown, x.MORNING - MOMENT) == figures(0, 0, 0)
    assert counted(shown, x.MORNING) == figures(1, 1, 0)
    assert counted(shown, x.NOON - MOMENT) == figures(1, 1, 0)
    assert counted(shown, x.NOON) == figures(1, 1, 1)  # reached is overdue
    assert counted(shown, end - MOMENT) == figures(1, 1, 1)
    assert counted(shown, end) == figures(1, 0, 0)


def test_the_other_window_is_from_the_first_step_to_the_last(shown: Shown) -> None:
    shown.tell(x.MORNING, replace(x.source_case, opened_at=None))
    shown.tell(x.MORNING, step("T1"))
    shown.tell(x.NOON, step("T2"))
    steps = Window.STEPS
    assert counted(shown, x.MORNING - MOMENT, steps) == figures(0, 0, 0)
    assert counted(shown, x.MORNING, steps) == figures(1, 1, 0)
    assert counted(shown, x.NOON - MOMENT, steps) == figures(1, 1, 0)
    assert counted(shown, x.NOON, steps) == figures(1, 0, 0)
    assert counted(shown, x.NOON, Window.CASE) == figures(0, 0, 0)  # not recorded


def test_a_case_that_ended_before_it_began_was_never_open(shown: Shown) -> None:
    early = x.MORNING - timedelta(days=1)
    shown.tell(x.MORNING, x.source_case, e.SourceCaseEnded(ended_at=early))
    for at in (early, x.MORNING - MOMENT, x.MORNING, x.NOON):
        assert counted(shown, at).open == 0


@rule("R-403", "V-40")
@pytest.mark.parametrize(
    ("day", "tier", "left"),
    [
        (date(2026, 10, 14), DeadlineTier.GREEN, 5),
        (date(2026, 10, 15), DeadlineTier.YELLOW, 4),
        (date(2026, 10, 21), DeadlineTier.YELLOW, 0),
        (date(2026, 10, 22), DeadlineTier.RED, -1),
        (date(2026, 11, 5), DeadlineTier.ILLEGAL, -11),
    ],
)
def test_tiers_of_a_promise(
    shown: Shown, day: date, tier: DeadlineTier, left: int
) -> None:
    shown.publish(2026)
    shown.warn_by(20, 1)
    shown.tell(x.MORNING, *x.running)
    case = only(shown, instant(day.month, day.day, hour=23))
    assert (case.tier, case.remaining_workdays) == (tier, left)
    assert case.due_on == "2026-10-21"


def test_overdue_is_red_and_illegal_on_every_day(shown: Shown) -> None:
    shown.publish(2026)
    shown.warn_by(20, 1)
    for number in range(12):
        limits = replace(x.accepted, promised_limit=number, statutory_limit=2 * number)
        shown.tell(x.MORNING, *x.complete, limits, case=UUID(int=number + 1))
    shown.tell(instant(11, 23), *x.complete, DECEMBER, case=UUID(int=99))
    for days in range(0, 150, 3):
        at = x.MORNING + timedelta(days=days)
        tiers = tier_counts(shown.ask(warnings, COUNTY, at))
        red = tiers[DeadlineTier.RED] + tiers[DeadlineTier.ILLEGAL]
        assert counted(shown, at).overdue == red
        assert counted(shown, at).open == sum(tiers.values())


@rule("R-408", "R-612")
def test_nothing_is_overdue_on_a_provisional_date(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(instant(11, 23), *x.complete, DECEMBER)
    after = datetime(2027, 1, 5, tzinfo=UTC)
    assert counted(shown, after) == figures(1, 1, 0)
    assert only(shown, after).tier is DeadlineTier.PROVISIONAL


def test_what_came_later_is_not_known_then(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.complete)
    handed = e.CaseHandedOver(from_officer=x.ANNA, to_officer=x.BO, reason="R")
    shown.tell(x.NOON, x.accepted, handed)
    shown.tell(instant(9, 18), TRANSFERRED, x.granted)
    first, second = only(shown, x.NOON - MOMENT), only(shown, x.NOON)
    assert (first.stage, first.responsible) == ("open", x.ANNA)
    assert (first.tier, first.due_on) == (DeadlineTier.NONE, None)
    assert (second.stage, second.responsible) == ("accepted", x.BO)
    assert (second.post, second.due_on) == (x.WINDOW, "2026-10-21")


def test_a_source_case_too_is_as_it_stood_then(shown: Shown) -> None:
    hours = [x.MORNING + timedelta(hours=n) for n in range(4)]
    shown.tell(hours[0], x.source_case)
    shown.tell(hours[1], step("T4", x.ANNA, step="accepted"))
    shown.tell(hours[2], step("T14", x.BO, step="decided"))
    shown.tell(hours[3], e.SourceCaseEnded(ended_at=hours[3]))
    stood = [(c.stage, c.responsible) for c in (only(shown, at) for at in hours[:3])]
    assert stood == [("open", None), ("accepted", x.ANNA), ("decided", x.BO)]


def test_the_most_urgent_come_first(shown: Shown) -> None:
    shown.publish(2026)
    for number, promise in enumerate((5, 1, 9)):
        limits = replace(x.accepted, promised_limit=promise)
        shown.tell(x.MORNING, *x.complete, limits, case=UUID(int=number + 1))
    shown.tell(x.MORNING, *x.complete, case=UUID(int=8))
    shown.tell(x.MORNING, x.source_case, case=UUID(int=9))  # was due at noon
    found = shown.ask(warnings, COUNTY, instant(9, 19))
    # Due on the 18th, given until the 17th, on the 23rd, the 30th, and no limit.
    assert [case.case_id.int for case in found] == [9, 2, 1, 3, 8]


def test_a_given_deadline_is_told_as_it_is(shown: Shown) -> None:
    shown.tell(x.MORNING, x.source_case)
    half = x.MORNING + (x.NOON - x.MORNING) / 2
    case = only(shown, half)
    assert (case.used_percent, case.remaining) == (50, "余 1 小时")
    assert case.due_on == x.NOON.isoformat()
    assert only(shown, x.NOON + timedelta(days=40)).used_percent == 100


def test_how_much_of_its_time_a_case_has_used(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.running)
    assert only(shown, x.MORNING).used_percent == 0
    assert only(shown, instant(10, 4)).used_percent == 50  # 17 of 34 days
    odd = replace(x.source_case, opened_at=x.NOON, deadline_at=x.MORNING)
    shown.tell(x.NOON, odd, case=OTHER)
    shares = {c.case_id: c.used_percent for c in shown.ask(warnings, COUNTY, x.NOON)}
    assert shares[OTHER] is None


@rule("R-403")
def test_without_a_policy_only_the_last_day_is_yellow(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(x.MORNING, *x.running)
    days = (instant(10, 20), instant(10, 21), instant(10, 22))
    tiers = [only(shown, at).tier for at in days]
    assert tiers == [DeadlineTier.GREEN, DeadlineTier.YELLOW, DeadlineTier.RED]


@rule("R-903", "R-904", "V-32")
def test_a_scope_is_a_prefix(shown: Shown) -> None:
    village = replace(x.opened, office_code=x.VILLAGE)
    shown.tell(x.MORNING, village)
    shown.tell(x.MORNING, x.opened, case=OTHER)
    seen = {
        code: counted(shown, x.NOON, scope=Scope.of(code)).open
        for code in (x.COUNTY, x.TOWNSHIP, x.VILLAGE, x.OTHER_TOWNSHIP)
    }
    assert list(seen.values()) == [2, 2, 1, 0]
