"""Publishing and revising a calendar year: done, already so, refused, no such."""

from dataclasses import replace
from datetime import date

import pytest

from domain.calendar.commands import CalendarCommand, ReviseCalendarYear
from domain.calendar.decisions import decide
from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.calendar.rejections import (
    CalendarDayOutsideYear,
    CalendarLayerUnknown,
    CalendarYearAlreadyPublished,
    CalendarYearHasNoDaysOff,
    CalendarYearHasNoNotice,
    CalendarYearNotPublished,
    CalendarYearUnchecked,
    DayIsOffAndMakeup,
    MakeupDayIsWeekday,
    MakeupDayTooFar,
    RevisionHasNoReason,
    StatutoryDaysMissing,
)
from domain.calendar.state import NATIONAL as LAYER
from domain.calendar.state import Calendar, fold
from domain.calendar.workdays import is_workday
from domain.rejections import NoSuchThing, Rejection
from tests.domain.calendar.national import NATIONAL, NOW, YEARS
from tests.rules import rule

Y2026 = YEARS[-1]
DRAGON_BOAT = {date(2026, 6, day) for day in (19, 20, 21)}
longer_spring_festival = ReviseCalendarYear(
    layer=LAYER,
    year=2026,
    notice="示例〔2026〕1号",
    source="example",
    off=(*Y2026.off, date(2026, 2, 24), date(2026, 2, 25)),
    makeup=Y2026.makeup,
    entered_by="甲",
    checked_by="乙",
    reason="延长春节假期",
    now=NOW,
)


def refuse(command: CalendarCommand, calendar: Calendar | None = None) -> Rejection:
    with pytest.raises(Rejection) as caught:
        decide(calendar or Calendar(), command)
    return caught.value


@rule("R-606")
def test_a_sound_year_is_published_as_its_notice_gives_it() -> None:
    (event,) = decide(Calendar(), Y2026)
    assert isinstance(event, CalendarYearPublished)
    assert (event.notice, event.off[0]) == ("国办发明电〔2025〕7号", date(2026, 1, 1))
    assert event.makeup == Y2026.makeup


@rule("R-606")
def test_days_are_kept_sorted_and_once() -> None:
    shuffled = replace(Y2026, off=(*reversed(Y2026.off), Y2026.off[3]))
    assert decide(Calendar(), shuffled) == decide(Calendar(), Y2026)


@rule("R-607")
def test_each_event_makes_a_new_version_of_the_calendar() -> None:
    revised = fold(decide(NATIONAL, longer_spring_festival), NATIONAL)
    assert (NATIONAL.version, revised.version) == (8, 9)
    assert NATIONAL.layer == revised.layer == "national"
    assert hash(NATIONAL) == hash(replace(NATIONAL))


@rule("R-607")
def test_the_same_year_again_changes_nothing() -> None:
    assert decide(NATIONAL, replace(Y2026, off=Y2026.off[::-1])) == ()


@rule("R-607")
def test_a_published_year_is_not_published_with_other_days() -> None:
    other = replace(Y2026, off=longer_spring_festival.off)
    assert isinstance(refuse(other, NATIONAL), CalendarYearAlreadyPublished)


@rule("R-607")
def test_a_revision_replaces_the_days_of_its_year_only() -> None:
    (event,) = decide(NATIONAL, longer_spring_festival)
    assert isinstance(event, CalendarYearRevised)
    assert event.reason == "延长春节假期"
    revised = fold([event], NATIONAL)
    assert is_workday(NATIONAL, date(2026, 2, 25))
    assert not is_workday(revised, date(2026, 2, 25))
    assert revised.years[2025] == NATIONAL.years[2025]


@rule("R-607")
def test_the_same_revision_again_changes_nothing() -> None:
    revised = fold(decide(NATIONAL, longer_spring_festival), NATIONAL)
    assert decide(revised, longer_spring_festival) == ()


@rule("R-607")
def test_only_a_published_year_can_be_revised() -> None:
    no = refuse(longer_spring_festival)
    assert isinstance(no, CalendarYearNotPublished)
    assert isinstance(no, NoSuchThing)


@rule("R-607")
def test_a_revision_says_why() -> None:
    no = refuse(replace(longer_spring_festival, reason=" "), NATIONAL)
    assert isinstance(no, RevisionHasNoReason)


@rule("R-609")
def test_a_revision_meets_the_same_guards() -> None:
    no = refuse(replace(longer_spring_festival, off=()), NATIONAL)
    assert isinstance(no, CalendarYearHasNoDaysOff)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"off": ()}, CalendarYearHasNoDaysOff, id="no day off"),
        pytest.param({"notice": " "}, CalendarYearHasNoNotice, id="no notice"),
        pytest.param({"source": ""}, CalendarYearHasNoNotice, id="no source"),
        pytest.param({"checked_by": ""}, CalendarYearUnchecked, id="nobody checked"),
        pytest.param(
            {"entered_by": "甲", "checked_by": "甲 "}, CalendarYearUnchecked, id="alone"
        ),
        pytest.param(
            {"makeup": (*Y2026.makeup, date(2026, 6, 22))},
            MakeupDayIsWeekday,
            id="make-up Monday",
        ),
        pytest.param(
            {"makeup": (*Y2026.makeup, date(2026, 6, 20))},
            DayIsOffAndMakeup,
            id="off and make-up",
        ),
        pytest.param(
            {"makeup": (*Y2026.makeup, date(2026, 8, 15))},
            MakeupDayTooFar,
            id="make-up in the middle of nowhere",
        ),
        pytest.param(
            {"off": (*Y2026.off, date(2062, 10, 1))},
            CalendarDayOutsideYear,
            id="mistyped year",
        ),
        pytest.param(
            {"off": (*Y2026.off, date(2025, 11, 30))},
            CalendarDayOutsideYear,
            id="November before",
        ),
        pytest.param({"layer": "640000"}, CalendarLayerUnknown, id="region layer"),
    ],
)
@rule("R-609")
def test_an_unsound_year_is_refused(
    change: dict[str, object], reason: type[Rejection]
) -> None:
    no = refuse(replace(Y2026, **change))  # type: ignore[arg-type]
    assert type(no) is reason


@rule("R-609")
def test_a_make_up_day_three_weeks_away_is_still_taken() -> None:
    edge = replace(Y2026, makeup=(*Y2026.makeup[1:], date(2026, 9, 5)))
    too_far = replace(edge, makeup=(*edge.makeup[:-1], date(2026, 8, 30)))
    assert decide(Calendar(), edge)
    assert isinstance(refuse(too_far), MakeupDayTooFar)


@rule("R-603", "R-609")
def test_a_year_without_one_of_its_festivals_is_refused() -> None:
    short = replace(Y2026, off=tuple(set(Y2026.off) - DRAGON_BOAT))
    no = refuse(short)
    assert isinstance(no, StatutoryDaysMissing)
    assert no.facts == {"year": 2026, "covered": 12, "required": 13}


@rule("R-603", "R-609")
def test_before_2025_eleven_statutory_days_were_enough() -> None:
    y2024 = next(year for year in YEARS if year.year == 2024)
    assert decide(Calendar(), y2024)
    short = replace(y2024, off=tuple(set(y2024.off) - {date(2024, 6, 10)}))
    assert refuse(short).facts["required"] == 11
    y2025 = next(year for year in YEARS if year.year == 2025)
    short = replace(y2025, off=tuple(set(y2025.off) - {date(2025, 6, 2)}))
    assert refuse(short).facts["required"] == 13


@rule("R-609")
def test_every_shipped_year_passes_the_guards() -> None:
    assert [len(decide(Calendar(), year)) for year in YEARS] == [1] * 8
