"""The shipped calendar files, and what becomes of a broken one."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from infra.calendars.reading import (
    NATIONAL_FILES,
    CalendarFileBroken,
    national_years,
    read_year,
)
from tests.rules import rule

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
GOOD = (NATIONAL_FILES / "2026.toml").read_text(encoding="utf-8")


def broken(folder: Path, text: str, name: str = "2026.toml") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CalendarFileBroken, match=name) as caught:
        read_year(file, NOW)
    return str(caught.value)


@rule("R-602", "R-604")
def test_the_years_2019_to_2026_are_shipped_and_no_other() -> None:
    years = list(national_years(NOW))
    assert [year.year for year in years] == list(range(2019, 2027))
    assert {(year.layer, year.now) for year in years} == {("national", NOW)}


@rule("R-602", "R-606")
def test_a_year_says_where_it_comes_from_and_who_checked_it() -> None:
    y2026 = read_year(NATIONAL_FILES / "2026.toml", NOW)
    assert y2026.notice == "国办发明电〔2025〕7号"
    assert y2026.source == "gov.cn 202511/7047091"
    assert (y2026.entered_by, y2026.checked_by) == (
        "rulebook R-602",
        "chinesecalendar 1.11.0",
    )


@rule("R-602", "R-608")
def test_ranges_are_inclusive_and_may_begin_in_the_december_before() -> None:
    y2019 = read_year(NATIONAL_FILES / "2019.toml", NOW)
    assert y2019.off[:3] == (
        date(2018, 12, 30),
        date(2018, 12, 31),
        date(2019, 1, 1),
    )
    assert y2019.makeup[0] == date(2018, 12, 29)


@rule("R-604", "R-609")
@pytest.mark.parametrize("text", ["", "# 2027\n", " \n"])
def test_an_empty_file_is_a_fault_not_a_year_without_holidays(
    tmp_path: Path, text: str
) -> None:
    assert "empty" in broken(tmp_path, text, "2027.toml")


@rule("R-609")
@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("off = [", "off = [[", "2026.toml"),
        ("year = 2026", "year = 2027", "does not match"),
        ("year = 2026", "year = true", "does not match"),
        ("makeup = [", "make_up = [", "make_up, makeup"),
        ('notice = "国办发明电〔2025〕7号"', 'notice = " "', "notice is empty"),
        ('checked_by = "chinesecalendar 1.11.0"', "checked_by = 1", "checked_by"),
        ("[2026-10-01, 2026-10-07]", "[2026-10-07, 2026-10-01]", "first, last"),
        ("[2026-10-01, 2026-10-07]", "[2026-10-01]", "first, last"),
        ("[2026-10-01, 2026-10-07]", "2026-10-01", "not a list"),
        ("  2026-01-04,", '  "2026-01-04",', "not a day"),
        ("  2026-01-04,", "  2026-01-04T00:00:00,", "not a day"),
    ],
)
def test_a_malformed_file_names_itself_and_the_fault(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert GOOD.count(old) == 1
    assert complaint in broken(tmp_path, GOOD.replace(old, new))


@rule("R-609")
def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(CalendarFileBroken, match=r"2026\.toml"):
        read_year(file, NOW)


@rule("R-609")
def test_a_folder_without_files_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CalendarFileBroken, match="no calendar file"):
        list(national_years(NOW, tmp_path))
