"""All cases of a log in one stream by time, and what does not fit into it."""

import sqlite3
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consumers.foreign_log import staging
from consumers.foreign_log.mapping import read_mapping
from consumers.foreign_log.rows import Ending, Finding, FindingCode, Opening, Step
from tests.consumers.foreign_log.logs import (
    A1,
    A2,
    B1,
    CSV,
    HEADER,
    SMALL,
    reasons,
    rows,
    staged,
    told,
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of May 2023, told in UTC."""
    return datetime(2023, 5, day, hour, minute, tzinfo=UTC)


def test_all_cases_make_one_stream_by_time(tmp_path: Path) -> None:
    log = staged(tmp_path, HEADER + B1 + A2 + A1)
    assert [told(item) for item in log.ordered()] == [
        "A opening",
        "A: Receive",
        "B opening",
        "B: Receive",
        "A: Decide",
        "A ending",
    ]
    assert [item.position for item in log.ordered()] == [1, 2, 3, 4, 5, 6]


def test_the_stream_can_be_taken_up_in_the_middle(tmp_path: Path) -> None:
    log = staged(tmp_path, SMALL)
    assert [*log.ordered(after=4)] == [*log.ordered()][4:]


def test_until_shows_nothing_of_the_future(tmp_path: Path) -> None:
    items = [*staged(tmp_path, SMALL).ordered(at(8, 2))]
    assert [told(item) for item in items][-1] == "A: Decide"
    openings = [item for item in items if isinstance(item, Opening)]
    assert [item.case.ended_at for item in openings] == [None, None]
    assert openings[0].case.deadline_at == at(19, 16)


def test_a_case_begins_with_its_first_row_when_that_is_earlier(tmp_path: Path) -> None:
    early = A1.replace("T08:01", "T07:00")
    opening, *_ = staged(tmp_path, HEADER + early).ordered()
    assert isinstance(opening, Opening)
    assert opening.at == at(5, 23)
    assert opening.case.opened_at == at(6, 0)


def test_a_case_that_ends_before_it_begins_is_opened_first(tmp_path: Path) -> None:
    odd = A1.replace("2023-05-09T09:00", "2023-05-01T09:00")
    items = [*staged(tmp_path, HEADER + odd).ordered()]
    assert [told(item) for item in items] == ["A opening", "A ending", "A: Receive"]
    assert isinstance(items[1], Ending)
    assert (items[1].at, items[1].ended_at) == (at(6, 0), at(1, 1))


def test_rows_of_one_instant_follow_their_sequence_as_numbers(tmp_path: Path) -> None:
    same = [A1.replace("A,1", f"A,{n}") for n in (10, 9, 2)]
    assert [r.key for r in rows(staged(tmp_path, HEADER + "".join(same)))] == [
        "2",
        "9",
        "10",
    ]


def test_without_a_sequence_the_order_of_appearance_counts(tmp_path: Path) -> None:
    mapping = CSV.replace('sequence = "nr"', "")
    bad = A1.replace("2023-05-06T08:01", "?")
    log = staged(tmp_path, HEADER + A1 + bad + A1 + A2, mapping)
    assert [(row.key, row.line) for row in rows(log)] == [("1", 2), ("3", 4), ("4", 5)]


def test_a_change_of_officer_names_the_one_before(tmp_path: Path) -> None:
    nobody = A2.replace("A,2", "A,3").replace("wu", "").replace("T10", "T11")
    again = A2.replace("A,2", "A,4").replace("T10", "T12")
    items = staged(tmp_path, HEADER + A1 + A2 + nobody + again).ordered()
    steps = [item for item in items if isinstance(item, Step)]
    assert [step.previous_officer for step in steps] == [None, "li", None, None]


def test_the_same_row_twice_is_counted_and_ignored(tmp_path: Path) -> None:
    log = staged(tmp_path, SMALL + A1)
    assert (log.counts.rows, log.counts.duplicates) == (3, 1)


def test_a_changed_row_under_a_known_id_is_refused(tmp_path: Path) -> None:
    log = staged(tmp_path, SMALL + A1.replace("li", "wu"))
    assert reasons(log) == [(5, "row-changed")]
    assert rows(log)[0].officer == "li"


def test_another_spelling_of_a_time_is_no_change(tmp_path: Path) -> None:
    log = staged(tmp_path, SMALL + A1.replace("T08:01", "T00:01:00.000Z"))
    assert (log.counts.duplicates, log.counts.unreadable) == (1, 0)


def test_case_columns_that_disagree_are_a_finding(tmp_path: Path) -> None:
    log = staged(tmp_path, SMALL.replace("wu,web", "wu,desk"))
    assert [*log.findings()] == [
        Finding(
            code=FindingCode.CASE_VALUES_DISAGREE, case="A", column="channel", line=3
        )
    ]
    opening = next(log.ordered())
    assert isinstance(opening, Opening)
    assert opening.case.channel == "web"


def test_an_empty_case_column_contradicts_nobody(tmp_path: Path) -> None:
    log = staged(tmp_path, SMALL.replace("li,web", "li,"))
    opening = next(log.ordered())
    assert isinstance(opening, Opening)
    assert (opening.case.channel, log.counts.findings) == ("web", 0)


def test_an_unreadable_deadline_costs_no_row(tmp_path: Path) -> None:
    log = staged(tmp_path, SMALL.replace("2023-05-21", "soon"))
    assert log.counts.rows == 3
    assert [found.code for found in log.findings()] == ["case-time-unreadable"]


def test_a_later_end_does_not_change_the_case(tmp_path: Path) -> None:
    def case_b(text: str) -> Opening:
        items = staged(tmp_path, text).ordered()
        return next(i for i in items if isinstance(i, Opening) and i.case.case == "B")

    before, after = (
        case_b(SMALL),
        case_b(SMALL.replace("T09:00,,", "T09:00,2023-06-01,")),
    )
    assert after.case.ended_at is not None
    assert replace(after.case, ended_at=None) == before.case


def test_a_staged_log_is_used_again(tmp_path: Path) -> None:
    file = staged(tmp_path, SMALL).file
    written_at = file.stat().st_mtime_ns
    assert staged(tmp_path, SMALL).file == file
    assert file.stat().st_mtime_ns == written_at


def test_another_mapping_stages_anew(tmp_path: Path) -> None:
    first = staged(tmp_path, SMALL)
    assert staged(tmp_path, SMALL, CSV.replace('"1"', '"2"')).file != first.file


def test_a_half_staged_log_is_thrown_away(tmp_path: Path) -> None:
    whole = staged(tmp_path, SMALL)
    whole.file.rename(whole.file.with_suffix(".partial"))
    with sqlite3.connect(whole.file.with_suffix(".partial")) as database:
        database.execute("DELETE FROM item")
    database.close()
    assert staged(tmp_path, SMALL).counts.rows == len(rows(whole)) == 3


def test_an_interrupted_staging_leaves_no_file_behind(tmp_path: Path) -> None:
    staged(tmp_path, SMALL).discard()
    mapping = read_mapping(tmp_path / "mapping.toml")

    def interrupt(_: staging.Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        staging.stage(tmp_path / "log", mapping, tmp_path / "work", interrupt)
    assert [file.suffix for file in (tmp_path / "work").iterdir()] == [".lock"]


def test_others_cannot_look_at_staged_source_data(tmp_path: Path) -> None:
    file = staged(tmp_path, SMALL).file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_progress_tells_bytes_and_rows(tmp_path: Path) -> None:
    staged(tmp_path, SMALL).discard()
    mapping = read_mapping(tmp_path / "mapping.toml")
    told_progress: list[staging.Progress] = []
    staging.stage(tmp_path / "log", mapping, tmp_path / "work", told_progress.append)
    last = told_progress[-1]
    assert (last.bytes_read, last.rows) == (last.bytes_total, 3)
