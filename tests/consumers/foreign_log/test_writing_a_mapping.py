"""A mapping is checked whole, and each wrong key is named."""

from pathlib import Path

import pytest

from consumers.foreign_log.mapping import MappingIsWrong, read_mapping
from consumers.foreign_log.meaning import Mapping
from tests.consumers.foreign_log.logs import CSV, OFFICE, XES
from tests.rules import rule

RECEIPT = Path(__file__).parents[3] / "consumers/foreign_log/mappings/receipt.toml"


def read(folder: Path, text: str) -> Mapping:
    file = folder / "mapping.toml"
    file.write_text(text, encoding="utf-8")
    return read_mapping(file)


def wrong(folder: Path, text: str) -> tuple[str, str]:
    with pytest.raises(MappingIsWrong) as refused:
        read(folder, text)
    assert refused.value.file == folder / "mapping.toml"
    return refused.value.key, refused.value.reason


def test_a_mapping_says_what_the_columns_mean(tmp_path: Path) -> None:
    mapping = read(tmp_path, CSV)
    assert mapping.case.opened_at == "opened"
    assert mapping.events[0].at == ("at",)
    assert mapping.steps["Decide"].step == "decided"
    assert mapping.log.time_formats == ("iso8601",)


def test_the_mapping_of_the_receipt_log_can_be_read() -> None:
    mapping = read_mapping(RECEIPT)
    assert mapping.missing("org_group") == {"", "EMPTY"}
    assert mapping.missing("activity") == {""}


def test_in_xes_a_column_is_of_the_trace_or_of_the_event(tmp_path: Path) -> None:
    text = XES.replace('"org:resource"', '"case:responsible"')
    mapping = read(tmp_path, text)
    assert mapping.case.id == "case:concept:name"
    assert mapping.events[0].activity == "event:concept:name"
    assert mapping.events[0].officer == "case:responsible"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "small"', "", "log.name"),
        ('name = "small"', 'name = "small"\ncolour = "red"', "log.colour"),
        ('format = "csv"', 'format = "pdf"', "log.format"),
        ('version = "1"', "version = 1", "log.version"),
        ('version = "1"', 'version = "1"\nencoding = "klingon"', "log.encoding"),
        ('version = "1"', 'version = "1"\ndelimiter = "||"', "log.delimiter"),
        ('version = "1"', 'version = "1"\nskip_lines = -1', "log.skip_lines"),
        ("Asia/Shanghai", "Asia/Atlantis", "log.timezone"),
        ('at = "at"', "", "event.at"),
        ('activity = "activity"', "", "event.activity"),
        ('step = "decided"', 'step = "invented"', "steps.Decide.step"),
        ('kind = "own"', 'kind = "guess"', "steps.Decide.kind"),
        ('kind = "own"', 'kind = "own"\nnote = "x"', "steps.Decide.note"),
        ('id = "case"', 'id = ["case"]', "case.id"),
        ("[steps.Decide]", "[step.Decide]", "step"),
        ("[event]", "[event", "-"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert wrong(tmp_path, CSV.replace(old, new))[0] == key


@rule("R-901")
def test_an_office_has_a_code_of_twelve_digits(tmp_path: Path) -> None:
    key, reason = wrong(tmp_path, CSV.replace("640399000000", "6403"))
    assert key == "office.code"
    assert "12 位" in reason


def test_offices_are_told_by_a_column(tmp_path: Path) -> None:
    town = 'code = "640399101000"\nname = "青石镇民生服务中心"'
    by = f'[office.by]\ncolumn = "属地"\n[office.by.table."青石镇"]\n{town}\n'
    mapping = read(tmp_path, CSV.replace(OFFICE, OFFICE + by))
    assert mapping.case.office == "属地"
    assert mapping.offices["青石镇"].code == "640399101000"


def test_xes_has_no_delimiter(tmp_path: Path) -> None:
    text = XES.replace('version = "1"', 'version = "1"\ndelimiter = ";"')
    assert wrong(tmp_path, text) == ("log.delimiter", "XES 日志没有此项")


def test_a_transition_cannot_both_count_and_be_ignored(tmp_path: Path) -> None:
    text = XES.replace('ignore = ["schedule"]', 'ignore = ["Complete"]')
    assert wrong(tmp_path, text)[0] == "lifecycle.ignore"
