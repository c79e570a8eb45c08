"""CSV logs however they are written, dirt included."""

import codecs
import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consumers.foreign_log.rows import LogDoesNotFit, Opening
from domain.case.events import Attribute
from domain.case.source_steps import SourceStep
from tests.consumers.foreign_log.logs import (
    A1,
    A2,
    B1,
    CSV,
    HEADER,
    OFFICE,
    SMALL,
    reasons,
    rows,
    staged,
    torn,
)

CHINESE = (
    OFFICE
    + """
[log]
name = "办件"
version = "1"
format = "csv"
encoding = "gb18030"
timezone = "Asia/Shanghai"
[time]
formats = ["%Y/%m/%d %H:%M"]
[case]
id = "办件编号"
attributes = ["事项"]
[event]
activity = "环节"
at = "时间"
officer = "经办人"
[office.by]
column = "属地"
[office.by.table."青石镇"]
code = "640399101000"
name = "青石镇民生服务中心"
"""
)
WIDE = """
[[event]]
name = "受理"
at = ["受理日期", "受理时间"]
officer = "受理人"
[[event]]
name = "办结"
at = "办结时间"
"""


def test_a_row_is_read_as_the_mapping_says(tmp_path: Path) -> None:
    row = rows(staged(tmp_path, SMALL))[2]
    assert (row.case, row.key, row.line) == ("A", "2", 3)
    assert row.at == datetime(2023, 5, 8, 2, 0, tzinfo=UTC)
    assert (row.activity, row.officer, row.group) == ("Decide", "wu", None)
    assert (row.step, row.kind) == (SourceStep.DECIDED, "own")


def test_an_activity_not_listed_stays_a_neutral_step(tmp_path: Path) -> None:
    log = staged(tmp_path, SMALL)
    assert rows(log)[0].step is None
    assert log.counts.neutral == 2


def test_a_chinese_export_needs_no_offset_and_no_seconds(tmp_path: Path) -> None:
    text = "办件编号,环节,时间,经办人,属地,事项\n"
    text += "1001,受理,2023/5/6 08:01,李𠮷,青石镇,食品\n"
    log = staged(tmp_path, text.encode("gb18030"), CHINESE)
    opening = next(log.ordered())
    assert isinstance(opening, Opening)
    assert opening.case.office_code == "640399101000"
    assert opening.case.attributes == (Attribute(name="事项", value="食品"),)
    assert rows(log)[0].at == datetime(2023, 5, 6, 0, 1, tzinfo=UTC)
    assert rows(log)[0].officer == "李𠮷"


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(SMALL.encode()),
        codecs.BOM_UTF8 + SMALL.encode(),
        SMALL.replace("\n", "\r\n").encode(),
        SMALL.replace("li", '"li"').encode(),
        SMALL.replace("\n", "\n\n").encode(),
    ],
    ids=["gzip", "byte order mark", "crlf", "quoted", "blank lines"],
)
def test_the_same_log_written_otherwise_reads_the_same(
    tmp_path: Path, content: bytes
) -> None:
    plain = [row.digest for row in rows(staged(tmp_path, SMALL))]
    assert [row.digest for row in rows(staged(tmp_path, content))] == plain


def test_delimiter_quotes_and_column_names_are_declared(tmp_path: Path) -> None:
    declared = 'version = "1"\nencoding = "utf-16"\ndelimiter = "\\t"\nquote = ""\n'
    declared += f"skip_lines = 2\ncolumns = {HEADER.strip().split(',')}\n"
    body = "一份导出\n\n" + (A1 + A2 + B1).replace(",", "\t").replace("li", '"li')
    mapping = CSV.replace('version = "1"\n', declared)
    log = staged(tmp_path, body.encode("utf-16"), mapping)
    assert [row.officer for row in rows(log)] == ['"li', '"li', "wu"]


def test_a_row_may_tell_several_events(tmp_path: Path) -> None:
    mapping = OFFICE + CHINESE[len(OFFICE) : CHINESE.index("[event]")] + WIDE
    mapping = mapping.replace('"%Y/%m/%d %H:%M"', '"%Y/%m/%d %H:%M", "iso8601"')
    text = (
        "办件编号,受理日期,受理时间,受理人,办结时间,事项\n"
        "1,2023/5/6,08:01,李,2023-05-09T09:00,食品\n2,2023/5/7,10:00,吴,,食品\n"
    )
    log = staged(tmp_path, text.encode("gb18030"), mapping)
    found = [(row.case, row.key, row.activity, row.officer) for row in rows(log)]
    assert found == [
        ("1", "1", "受理", "李"),
        ("2", "1", "受理", "吴"),
        ("1", "2", "办结", None),
    ]
    assert reasons(log) == []


@pytest.mark.parametrize(
    ("dirt", "reason"),
    [
        (A1.replace("2023-05-06T08:01", "yesterday"), "time-unreadable"),
        (A1.replace("2023-05-06T08:01", ""), "no-time"),
        (A1.replace("A,1,", ",1,"), "no-case"),
        (A1.replace("A,1,", "A,,"), "no-key"),
        (A1.replace("Receive", ""), "no-activity"),
        (A1.replace("Receive", "R" * 501), "too-long"),
        (A1.replace("A,1,", "A" * 501 + ",1,"), "too-long"),
        (A1.replace("\n", ",more\n"), "column-count"),
        (A1.replace("li", 'l"i').replace("web", '"we"b'), "quoting"),
        (A1.replace("web", '"web'), "quoting"),
        (A1.replace("li", "l\udcffi"), "undecodable"),
        (A1.replace("li", "l\0i"), "undecodable"),
    ],
)
def test_an_unreadable_row_spoils_no_other(
    tmp_path: Path, dirt: str, reason: str
) -> None:
    text = HEADER + dirt + A2 + B1
    log = staged(tmp_path, text.encode(errors="surrogateescape"))
    assert reasons(log) == [(2, reason)]
    assert [(row.case, row.key, row.line) for row in rows(log)] == [
        ("B", "1", 4),
        ("A", "2", 3),
    ]


def test_a_torn_gzip_is_told_once_and_rows_before_it_count(tmp_path: Path) -> None:
    many = HEADER + "".join(A1.replace("A,1", f"A,{n}") for n in range(9_000))
    log = staged(tmp_path, torn(many))
    assert [reason for _, reason in reasons(log)] == ["gzip-damaged"]
    assert 8_000 < log.counts.rows < 9_000


def test_columns_the_mapping_uses_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(LogDoesNotFit, match="channel、officer"):
        staged(tmp_path, SMALL.replace("officer,channel", "who,how"))


def test_a_time_without_offset_and_zone_is_not_guessed(tmp_path: Path) -> None:
    mapping = CSV.replace('timezone = "Asia/Shanghai"', "")
    log = staged(tmp_path, SMALL.replace("T10:00,", "T10:00Z,"), mapping)
    assert [row.at.hour for row in rows(log)] == [10]
    assert [reason for _, reason in reasons(log)] == ["time-unreadable"] * 2
