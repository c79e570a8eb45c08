"""Reads the shipped calendar files. A broken file is a fault, never an empty year."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from domain.calendar.commands import PublishCalendarYear
from domain.calendar.state import NATIONAL

NATIONAL_FILES = Path(__file__).parent / "national"
_KEYS = {"year", "notice", "source", "off", "makeup", "entered_by", "checked_by"}
_FIRST_AND_LAST = 2


class CalendarFileBroken(Exception):
    """A calendar file is missing, empty or not of the known form."""


def national_years(
    now: datetime, folder: Path = NATIONAL_FILES
) -> Iterator[PublishCalendarYear]:
    """Give one command for each shipped national year, the earliest first.

    Raises ``CalendarFileBroken`` if a file cannot be read or none is there.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise CalendarFileBroken(f"no calendar file in {folder.name}/")
    for file in files:
        yield read_year(file, now)


def read_year(file: Path, now: datetime) -> PublishCalendarYear:
    """Read one national year; the file is named after it (R-604, R-609)."""
    content = _parse(file)
    year = content["year"]
    if type(year) is not int or file.stem != str(year):
        raise CalendarFileBroken(f"{file.name}: year does not match the file name")
    return PublishCalendarYear(
        layer=NATIONAL,
        year=year,
        notice=_text(file, content, "notice"),
        source=_text(file, content, "source"),
        off=tuple(_days_of_ranges(file, content["off"])),
        makeup=tuple(_day(file, day) for day in _items(file, content["makeup"])),
        entered_by=_text(file, content, "entered_by"),
        checked_by=_text(file, content, "checked_by"),
        now=now,
    )


def _parse(file: Path) -> dict[str, object]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CalendarFileBroken(f"{file.name}: {error}") from error
    if not content:
        raise CalendarFileBroken(
            f"{file.name}: empty; an unannounced year has no file at all"
        )
    if wrong := _KEYS ^ content.keys():
        keys = ", ".join(sorted(wrong))
        raise CalendarFileBroken(f"{file.name}: missing or unknown: {keys}")
    return content


def _text(file: Path, content: dict[str, object], key: str) -> str:
    value = content[key]
    if not isinstance(value, str) or not value.strip():
        raise CalendarFileBroken(f"{file.name}: {key} is empty or not a text")
    return value


def _days_of_ranges(file: Path, ranges: object) -> Iterator[date]:
    for pair in _items(file, ranges):
        days = [_day(file, day) for day in _items(file, pair)]
        if len(days) != _FIRST_AND_LAST or days[0] > days[1]:
            raise CalendarFileBroken(f"{file.name}: {pair} is not [first, last]")
        first, last = days
        for offset in range((last - first).days + 1):
            yield first + timedelta(days=offset)


def _items(file: Path, value: object) -> list[object]:
    if not isinstance(value, list):
        raise CalendarFileBroken(f"{file.name}: {value!r} is not a list")
    return value


def _day(file: Path, value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise CalendarFileBroken(f"{file.name}: {value!r} is not a day")
    return value
