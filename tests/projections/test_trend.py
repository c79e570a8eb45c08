"""The trend's days are what the warnings would tell at the end of each."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from domain.calendar.due import SHANGHAI, local_date
from domain.case import events as e
from domain.case.tier import DeadlineTier
from projections.scope import Scope
from projections.trend import TrendDay, day_ends, trend
from projections.view import ReadCursor
from projections.warnings import tier_counts, warnings
from tests import examples as x
from tests.projections.scribe import Fact
from tests.projections.shown import DECEMBER, TRANSFERRED, Shown, instant
from tests.rules import rule

COUNTY = Scope.of(x.COUNTY)
LINES = ("green", "yellow", "red", "pending")
BEGIN = datetime(2026, 9, 1, 9, tzinfo=SHANGHAI)


def by_warnings(
    cursor: ReadCursor, scope: Scope, until: datetime, days: int
) -> list[TrendDay]:
    """The same, each day asked by itself."""
    return [_day(cursor, scope, at) for at in day_ends(until, days)]


def _day(cursor: ReadCursor, scope: Scope, at: datetime) -> TrendDay:
    found = warnings(cursor, scope, at)
    tiers = tier_counts(found)
    green, yellow = tiers[DeadlineTier.GREEN], tiers[DeadlineTier.YELLOW]
    red = tiers[DeadlineTier.RED] + tiers[DeadlineTier.ILLEGAL]
    pending = len(found) - green - yellow - red
    return TrendDay(
        on=local_date(at), green=green, yellow=yellow, red=red, pending=pending
    )


def events_of(chance: random.Random, number: int) -> Iterator[tuple[datetime, object]]:
    """A case of any kind, begun on one of a hundred days."""
    at = BEGIN + timedelta(minutes=chance.randrange(140_000))
    office = chance.choice((x.TOWNSHIP, x.OTHER_TOWNSHIP, x.VILLAGE))
    if number % 5 == 0:
        return source_events(chance, at, office)
    return own_events(chance, at, office)


def source_events(
    chance: random.Random, at: datetime, office: str
) -> Iterator[tuple[datetime, object]]:
    given = chance.choice((None, at + timedelta(minutes=chance.randrange(60_000))))
    begun = replace(x.source_case, opened_at=at, deadline_at=given, office_code=office)
    yield at, begun
    if chance.random() < 0.5:
        end = at + timedelta(minutes=chance.randrange(90_000))
        yield end, e.SourceCaseEnded(ended_at=end)


def own_events(
    chance: random.Random, at: datetime, office: str
) -> Iterator[tuple[datetime, object]]:
    yield at, replace(x.opened, office_code=office)
    later = at + timedelta(minutes=chance.randrange(60_000))
    promised = chance.randrange(30)
    if chance.random() < 0.9:
        accepted = replace(
            x.accepted,
            accepted_on=local_date(later),
            promised_limit=promised,
            statutory_limit=chance.choice((None, 2 * promised)),
            limit_unit=chance.choice(("workdays", "natural_days")),
        )
        yield later, accepted
    if chance.random() < 0.6:
        end = later + timedelta(minutes=chance.randrange(60_000))
        yield end, chance.choice((x.granted, x.withdrawn))


def tell_many(shown: Shown, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a world, not a secret
    shown.scribe.write(
        Fact(stream=case, event=_named(event, case), at=at)
        for case in (UUID(int=number + 1) for number in range(60))
        for at, event in events_of(chance, case.int)
    )


def _named(event: object, case: UUID) -> object:
    if isinstance(event, e.CaseOpened | e.SourceCaseRecorded):
        return replace(event, case_id=case)
    return event


@rule("R-403", "R-408", "R-612")
@pytest.mark.parametrize("seed", range(2))
def test_every_day_is_as_the_warnings_tell_it(shown: Shown, seed: int) -> None:
    shown.publish(2026)
    shown.warn_by(20, 2)
    tell_many(shown, seed)
    counted: list[TrendDay] = []
    for until in (instant(10, 3, 0), instant(12, 1, 15), instant(1, 20, 23, 2027)):
        for scope in (COUNTY, Scope.of(x.TOWNSHIP)):
            told = shown.ask(trend, scope, until, 31)
            assert told == shown.ask(by_warnings, scope, until, 31)
            counted += told
    assert all(any(getattr(day, line) for day in counted) for line in LINES)


@rule("R-403")
def test_a_case_moves_from_line_to_line(shown: Shown) -> None:
    shown.publish(2026)
    shown.warn_by(20, 1)
    shown.tell(x.MORNING, x.opened)
    shown.tell(instant(9, 18), x.accepted)  # due on the 21st of October
    shown.tell(instant(10, 26), x.granted)
    days = {day.on: day for day in shown.ask(trend, COUNTY, instant(10, 27), 50)}
    assert days[date(2026, 9, 16)] == _nothing(date(2026, 9, 16))
    assert days[date(2026, 9, 17)].pending == 1
    assert days[date(2026, 9, 18)].green == days[date(2026, 10, 14)].green == 1
    assert days[date(2026, 10, 15)].yellow == days[date(2026, 10, 21)].yellow == 1
    assert days[date(2026, 10, 22)].red == days[date(2026, 10, 25)].red == 1
    assert days[date(2026, 10, 26)] == _nothing(date(2026, 10, 26))


@rule("R-612")
def test_a_provisional_date_gone_by_is_pending_not_red(shown: Shown) -> None:
    shown.publish(2026)
    shown.tell(instant(11, 23), *x.complete, DECEMBER)
    last = shown.ask(trend, COUNTY, instant(1, 5, year=2027), 10)[-1]
    assert (last.red, last.pending) == (0, 1)


def test_a_case_counts_where_it_is_now(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.at_hand)
    shown.tell(x.NOON, TRANSFERRED)
    other = Scope.of(x.OTHER_TOWNSHIP)
    assert shown.ask(trend, other, x.NOON, 1)[0].pending == 1


def test_a_log_without_cases_has_days_of_nothing(shown: Shown) -> None:
    assert shown.ask(trend, COUNTY, instant(1, 1), 2) == [
        _nothing(date(2025, 12, 31)),
        _nothing(date(2026, 1, 1)),
    ]


def test_the_days_end_at_midnight_in_shanghai() -> None:
    ends = day_ends(x.MORNING, 3)
    assert [f"{at.astimezone(SHANGHAI):%m-%d %H:%M}" for at in ends] == [
        "09-15 23:59",
        "09-16 23:59",
        "09-17 09:00",
    ]


def _nothing(on: date) -> TrendDay:
    return TrendDay(on=on, green=0, yellow=0, red=0, pending=0)
