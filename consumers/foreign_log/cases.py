"""A whole case, put together from what the lines of a log say about it."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from consumers.foreign_log.instants import TimeUnreadable, instant_reader
from consumers.foreign_log.mapping import CASE, EVENT
from consumers.foreign_log.meaning import Format, Mapping, SourceOffice
from consumers.foreign_log.rows import Finding, FindingCode, SourceCase
from domain.case.events import Attribute

Told = Iterable[tuple[int, tuple[str | None, ...]]]


class CaseReader:
    """What is odd about a case becomes findings; the case is kept all the same."""

    def __init__(self, mapping: Mapping) -> None:
        log, self._mapping = mapping.log, mapping
        self._read_instant = instant_reader(log.time_formats, log.timezone)

    def case(
        self, case: str, told: Told, *, has_rows: bool
    ) -> tuple[SourceCase, list[Finding]]:
        """``told``: the different cells met, with their lines, the first line first."""
        columns = self._mapping.case
        cells = _Cells(case, columns.kept, told)
        office = self._office(cells)
        opened_at = self._instant(cells, columns.opened_at)
        if opened_at is None and not has_rows:
            cells.report(FindingCode.CASE_WITHOUT_TIME, columns.opened_at or columns.id)
        source = SourceCase(
            case=case,
            opened_at=opened_at,
            ended_at=self._instant(cells, columns.ended_at),
            deadline_at=self._instant(cells, columns.deadline),
            channel=cells.get(columns.channel),
            item=cells.get(columns.item),
            attributes=self._attributes(cells),
            office_code=office.code,
            office_name=office.name,
            digest="",
        )
        return replace(source, digest=_digest(source)), cells.findings

    def _instant(self, cells: "_Cells", column: str | None) -> datetime | None:
        value = cells.get(column)
        if column is None or value is None:
            return None
        try:
            return self._read_instant(value)
        except TimeUnreadable:
            cells.report(FindingCode.CASE_TIME_UNREADABLE, column)
            return None

    def _office(self, cells: "_Cells") -> SourceOffice:
        column = self._mapping.case.office
        value = cells.get(column)
        if column is None or value is None:
            return self._mapping.office
        if value not in self._mapping.offices:
            cells.report(FindingCode.OFFICE_NOT_LISTED, column)
        return self._mapping.offices.get(value, self._mapping.office)

    def _attributes(self, cells: "_Cells") -> tuple[Attribute, ...]:
        told = ((name, cells.get(name)) for name in self._mapping.case.attributes)
        return tuple(
            Attribute(name=self._published(name), value=value)
            for name, value in told
            if value is not None
        )

    def _published(self, column: str) -> str:
        """The name as the log has it, without our mark of whose it is."""
        if self._mapping.log.format is Format.CSV:
            return column
        return column.removeprefix(CASE).removeprefix(EVENT)


class _Cells:
    """The first value of each column; an empty cell contradicts nobody."""

    def __init__(self, case: str, columns: tuple[str, ...], told: Told) -> None:
        self.findings: list[Finding] = []
        self._case = case
        self._known: dict[str, str] = {}
        self._line = 0
        disagreeing: set[str] = set()
        for line, cells in told:
            self._line = self._line or line
            for column, value in zip(columns, cells, strict=True):
                if value is None or self._known.setdefault(column, value) == value:
                    continue
                if column not in disagreeing:
                    disagreeing.add(column)
                    self.report(FindingCode.CASE_VALUES_DISAGREE, column, line)

    def get(self, column: str | None) -> str | None:
        return self._known.get(column or "")

    def report(self, code: FindingCode, column: str, line: int | None = None) -> None:
        self.findings.append(
            Finding(code=code, case=self._case, column=column, line=line or self._line)
        )


def _digest(case: SourceCase) -> str:
    known = (
        *(case.case, case.opened_at, case.deadline_at),
        *(case.channel, case.item, case.office_code),
        *((kept.name, kept.value) for kept in case.attributes),
    )
    text = json.dumps(known, default=datetime.isoformat, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
