"""What the operator gets to see of rows that could not be read."""

import csv
import stat
from pathlib import Path

from consumers.foreign_log.rejects import EXPLAINED, write_rejects
from consumers.foreign_log.rows import Reason
from tests.consumers.foreign_log.logs import A1, B1, HEADER, staged

LOST = A1.replace("2023-05-06T08:01", "yesterday")


def rejects(folder: Path) -> list[dict[str, str]]:
    log = staged(folder, HEADER + LOST + B1.replace("B,1,", ",1,"))
    file = folder / "log.rejects.csv"
    assert write_rejects(file, log.unreadable()) == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return [*csv.DictReader(stream)]


def test_rejects_tell_line_reason_and_the_row_as_it_stands(tmp_path: Path) -> None:
    first, second = rejects(tmp_path)
    assert (first["line"], first["reason"], first["columns"]) == (
        "2",
        "time-unreadable",
        "at",
    )
    assert first["raw"] + "\n" == LOST
    assert (second["line"], second["reason"]) == ("3", "no-case")


def test_a_second_import_writes_the_same_rejects(tmp_path: Path) -> None:
    assert rejects(tmp_path) == rejects(tmp_path)


def test_every_reason_is_explained() -> None:
    assert set(EXPLAINED) == set(Reason)
