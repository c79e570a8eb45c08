"""What docs/guide/import.md shows works as it says."""

import re
from pathlib import Path
from textwrap import dedent

from consumers.foreign_log.rows import FindingCode, Opening, Reason
from domain.case.source_steps import SourceStep
from tests.consumers.foreign_log.logs import reasons, rows, staged

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "import.md"
TEXT = GUIDE.read_text(encoding="utf-8")
SAMPLE = re.search(r"(    办件编号.*?)\n\n", TEXT, re.DOTALL)
MAPPING = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)


def test_the_first_mapping_reads_the_sample_above_it(tmp_path: Path) -> None:
    assert SAMPLE
    assert MAPPING
    log = staged(tmp_path, dedent(SAMPLE[1]).encode("gb18030"), MAPPING[1])
    opening = next(log.ordered())
    assert isinstance(opening, Opening)
    assert opening.case.office_name == "青石镇民生服务中心"
    assert opening.case.deadline_at is not None
    assert [row.officer for row in rows(log)] == ["李明"]
    assert reasons(log) == []


def test_every_step_reason_and_finding_is_told() -> None:
    words = [*SourceStep, *Reason, *FindingCode]
    assert [word for word in words if f"`{word}`" not in TEXT] == []
