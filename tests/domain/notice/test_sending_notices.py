"""Which notice a case calls for at an instant, and to whom it goes once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from domain.case import events as e
from domain.case.refusals import CaseIsImported, CaseNotFound
from domain.case.state import Case, fold
from domain.case.tier import Deadlines, DeadlineTier, deadline_tier
from domain.notice.commands import SendDeadlineNotices, SendRatingNotices
from domain.notice.kinds import OF_TIER, RULE, NoticeKind
from domain.notice.occasions import Occasion, occasion
from domain.notice.rejections import NoticeIsNotDue, RatingIsNotNegative
from domain.notice.routing import ROUTING, recipients
from domain.notice.turning import Turning, turning
from domain.office.codes import Tier
from tests import examples as x
from tests.domain.calendar.national import NATIONAL, workdays
from tests.domain.deadlines import on, promise
from tests.domain.notice.standing import POLICY, RUNNING, sent, with_events
from tests.rules import rule

DUE, STATUTE = date(2026, 10, 21), date(2026, 11, 4)
# Its last day waits for the notice of the next year.
PROVISIONAL = promise("2026-11-23", workdays(28), workdays(28))
BAD = e.CaseRated(level="dissatisfied", channel="hall_tablet")


def at(day: str, hour: int = 10) -> SendDeadlineNotices:
    return SendDeadlineNotices(case_id=x.CASE, now=on(day, hour))


@pytest.mark.parametrize(
    ("day", "kind", "due_on"),
    [
        ("2026-10-15", NoticeKind.YELLOW, DUE),
        ("2026-10-21", NoticeKind.YELLOW, DUE),
        ("2026-10-22", NoticeKind.RED, DUE),
        ("2026-11-05", NoticeKind.ILLEGAL, STATUTE),
    ],
)
@rule("R-403", "V-40")
def test_the_tier_decides_what_is_told(
    day: str, kind: NoticeKind, due_on: date
) -> None:
    found = occasion(at(day), RUNNING)
    assert (found.kind, found.due_on, found.is_provisional) == (kind, due_on, False)


@rule("R-403", "V-40")
def test_a_green_case_tells_nobody() -> None:
    with pytest.raises(NoticeIsNotDue):
        occasion(at("2026-10-14"), RUNNING)


@rule("R-403")
@pytest.mark.parametrize("end", [x.granted, x.withdrawn, x.refused_at_intake])
def test_a_finished_case_tells_nobody(end: e.CaseEvent) -> None:
    with pytest.raises(NoticeIsNotDue):
        occasion(at("2026-10-22"), with_events(end))


@rule("R-408", "R-612")
def test_a_provisional_date_is_told_as_yellow_and_never_as_red() -> None:
    standing = replace(RUNNING, deadlines=PROVISIONAL)
    found = occasion(at("2026-12-31"), standing)
    assert (found.kind, found.is_provisional) == (NoticeKind.YELLOW, True)
    assert found.due_on == date(2026, 12, 29)
    with pytest.raises(NoticeIsNotDue):
        occasion(at("2027-01-04"), standing)


@rule("R-301", "R-309")
def test_a_negative_rating_is_told_and_no_other() -> None:
    command = SendRatingNotices(case_id=x.CASE, now=x.NOON)
    found = occasion(command, with_events(x.granted, BAD))
    assert found == Occasion(kind=NoticeKind.NEGATIVE_RATING)
    for standing in (RUNNING, with_events(x.granted, replace(BAD, level="satisfied"))):
        with pytest.raises(RatingIsNotNegative):
            occasion(command, standing)


def test_no_case_and_no_foreign_case_tell_anybody() -> None:
    with pytest.raises(CaseNotFound):
        occasion(at("2026-10-22"), replace(RUNNING, case=Case()))
    with pytest.raises(CaseIsImported):
        occasion(at("2026-10-22"), replace(RUNNING, case=fold([x.source_case])))


@rule("R-401")
def test_each_recipient_is_sent_what_he_lacks() -> None:
    red = occasion(at("2026-10-22"), RUNNING)
    assert [n.recipient for n in sent(red)] == [x.TOWNSHIP, x.COUNTY]
    (missing,) = sent(red, RUNNING, x.TOWNSHIP)
    assert (missing.recipient, missing.kind, missing.tier) == (x.COUNTY, "red", "red")
    assert (missing.handling_office, missing.case_no) == (x.TOWNSHIP, x.CASE_NO)
    assert missing.rule == RULE[NoticeKind.RED]
    assert sent(red, RUNNING, x.TOWNSHIP, x.COUNTY) == ()


@pytest.mark.parametrize(
    ("kind", "handling", "opened_at", "told"),
    [
        (NoticeKind.YELLOW, x.VILLAGE, x.VILLAGE, [x.VILLAGE]),
        (NoticeKind.YELLOW, x.TOWNSHIP, x.TOWNSHIP, [x.TOWNSHIP]),
        (NoticeKind.YELLOW, x.TOWNSHIP, x.VILLAGE, [x.TOWNSHIP, x.VILLAGE]),
        (NoticeKind.RED, x.VILLAGE, x.VILLAGE, [x.VILLAGE, x.TOWNSHIP, x.COUNTY]),
        (NoticeKind.RED, x.TOWNSHIP, x.VILLAGE, [x.TOWNSHIP, x.COUNTY, x.VILLAGE]),
        (NoticeKind.RED, x.COUNTY, x.TOWNSHIP, [x.COUNTY]),
        (NoticeKind.NEGATIVE_RATING, x.TOWNSHIP, x.VILLAGE, [x.TOWNSHIP]),
    ],
)
@rule("R-401", "R-309", "R-903")
def test_the_table_says_who_is_told(
    kind: NoticeKind, handling: str, opened_at: str, told: list[str]
) -> None:
    assert list(recipients(kind, handling, opened_at)) == told


@rule("R-309")
def test_the_table_is_whole_and_who_handles_comes_first() -> None:
    assert set(ROUTING) == set(product(NoticeKind, Tier))
    assert all(told[0] is tier for (_, tier), told in ROUTING.items())


@rule("R-403", "V-40")
def test_the_instants_of_turning_are_where_the_tier_changes() -> None:
    turns = turning(RUNNING.deadlines, NATIONAL, POLICY)
    assert turns == Turning(
        yellow_at=on("2026-10-15", 0),
        red_at=on("2026-10-22", 0),
        illegal_at=on("2026-11-05", 0),
    )
    for instant in (turns.yellow_at, turns.red_at, turns.illegal_at):
        assert instant is not None
        before = tier_at(instant - timedelta(seconds=1))
        assert OF_TIER.get(before) is not OF_TIER[tier_at(instant)]


@rule("R-408")
def test_no_date_or_no_certain_one_has_no_red_instant() -> None:
    assert turning(Deadlines(), NATIONAL, POLICY) == Turning()
    turns = turning(PROVISIONAL, NATIONAL, POLICY)
    assert turns.yellow_at is not None
    assert (turns.red_at, turns.illegal_at) == (None, None)


def tier_at(instant: datetime) -> DeadlineTier:
    return deadline_tier(RUNNING.deadlines, instant, NATIONAL, POLICY)
