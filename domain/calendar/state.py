"""The published years: all that counting days needs to remember."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import assert_never

from domain.calendar.events import (
    CalendarEvent,
    CalendarYearPublished,
    CalendarYearRevised,
)
from domain.unknown import known

NATIONAL = "national"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """One year as its latest notice declares it."""

    notice: str
    source: str
    off: frozenset[date]
    makeup: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A layer's years by number; a year that is not here is unknown (R-610).

    ``version`` counts the layer's events; due dates are stored with it (R-607).
    """

    layer: str = NATIONAL
    version: int = 0
    years: Mapping[int, CalendarYear] = field(default_factory=dict, hash=False)


def evolve(calendar: Calendar, event: CalendarEvent) -> Calendar:
    match event:
        case CalendarYearPublished() | CalendarYearRevised():
            year = CalendarYear(
                notice=event.notice,
                source=event.source,
                off=frozenset(event.off),
                makeup=frozenset(event.makeup),
            )
            return Calendar(
                layer=event.layer,
                version=calendar.version + 1,
                years={**calendar.years, event.year: year},
            )
        case _:
            assert_never(event)


def fold(events: Iterable[CalendarEvent], start: Calendar | None = None) -> Calendar:
    return reduce(evolve, known(events), start or Calendar())
