"""What an import came to: counts, refused rows, findings. Written for the operator."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MOST_REFUSED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row the log did not take: known with other content, or without an office."""

    row: str
    code: str
    rule: str


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """``recorded`` and ``already`` count facts (rows, openings, ends, names).

    ``findings`` maps a finding's code to the source cases it was made on.
    """

    log: str
    mapping_version: str
    cases: int = 0
    rows: int = 0
    neutral: int = 0
    skipped: int = 0
    duplicates: int = 0
    unreadable: int = 0
    recorded: int = 0
    already: int = 0
    derived_handovers: int = 0
    refused: int = 0
    refused_rows: list[RefusedRow] = field(default_factory=list)
    findings: dict[str, list[str]] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    rejects_file: Path | None = None

    def refuse(self, row: RefusedRow) -> None:
        self.refused += 1
        if len(self.refused_rows) < MOST_REFUSED:
            self.refused_rows.append(row)

    def find(self, code: str, case: str) -> None:
        self.findings.setdefault(code, []).append(case)

    @property
    def is_clean(self) -> bool:
        return not (self.refused or self.unreadable)

    def in_words(self) -> str:
        """A few lines for the terminal."""
        lines = [
            (
                f"{self.log}: {self.cases} cases, {self.rows} rows"
                f" ({self.neutral} of them neutral source steps)"
            ),
            (
                f"recorded {self.recorded} facts, {self.already} were there already,"
                f" {self.derived_handovers} handovers derived"
            ),
        ]
        if self.skipped or self.duplicates:
            lines.append(
                f"left out: {self.skipped} by declaration, {self.duplicates} duplicates"
            )
        if self.unreadable:
            lines.append(f"unreadable: {self.unreadable}, see {self.rejects_file}")
        for code, count in Counter(r.code for r in self.refused_rows).items():
            lines.append(f"refused: {count} × {code}")
        for code, cases in sorted(self.findings.items()):
            lines.append(
                f"finding: {len(cases)} × {code} ({self.rules.get(code, '-')})"
            )
        return "\n".join(lines)

    def as_json(self) -> str:
        plain: dict[str, Any] = asdict(self)
        plain["rejects_file"] = str(self.rejects_file) if self.rejects_file else None
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
