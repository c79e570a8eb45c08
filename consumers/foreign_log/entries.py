"""One row of a log, as named cells, into what its mapping says it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from consumers.foreign_log.instants import TimeUnreadable, instant_reader
from consumers.foreign_log.mapping import CASE
from consumers.foreign_log.meaning import EventColumns, Format, Mapping
from consumers.foreign_log.rows import Entry, Reading, Reason, SourceRow, Unreadable

Cells = dict[str, str]
LONGEST = 500  # characters of a name or an id: indexes of the views hold no more


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """The recorded cells of one line, and whose case they are of."""

    number: int
    case: str
    cells: Cells


class _Gap(Exception):
    """What an event cannot be without."""

    def __init__(self, reason: Reason, *columns: str) -> None:
        super().__init__(reason)
        self.reason, self.columns = reason, columns


class EntryReader:
    """Reads the cells of one row. Values are kept verbatim, but for missing ones."""

    def __init__(self, mapping: Mapping) -> None:
        log, self._mapping = mapping.log, mapping
        self._kept = mapping.case.kept
        self._columns = [event.columns for event in mapping.events]
        self._read_instant = instant_reader(log.time_formats, log.timezone)
        self._is_xes = log.format is Format.XES
        self._is_one_event = len(mapping.events) == 1
        self._content = lru_cache(self._content_of)  # asked for every row

    def entries(self, cells: Cells, line: int) -> Iterator[Entry]:
        """One entry for each event the row may tell of."""
        known = self._line(cells, line)
        if isinstance(known, Unreadable):
            yield known
            return
        for part, columns in enumerate(self._mapping.events):
            yield self._entry(known, part, columns)

    def case_alone(self, cells: Cells, line: int) -> Entry:
        """A case of which the log has no events."""
        known = self._line(cells, line)
        if isinstance(known, Unreadable):
            return known
        return self._reading(known, 0, None)

    def _line(self, cells: Cells, number: int) -> _Line | Unreadable:
        missing, id_column = self._mapping.missing, self._mapping.case.id
        known = {
            column: value
            for column, value in cells.items()
            if value.strip() not in missing(column)
        }
        case = known.get(id_column)
        if case is None:
            return Unreadable(line=number, reason=Reason.NO_CASE, columns=(id_column,))
        if len(case) > LONGEST:
            return Unreadable(line=number, reason=Reason.TOO_LONG, columns=(id_column,))
        return _Line(number=number, case=case, cells=known)

    def _entry(self, line: _Line, part: int, columns: EventColumns) -> Entry:
        transition = self._transition(line.cells, columns)
        lifecycle = self._mapping.lifecycle
        if lifecycle and (transition or "").casefold() in lifecycle.ignore:
            return self._reading(line, part, None, is_skipped=True)
        if not self._is_one_event and line.cells.keys().isdisjoint(columns.at):
            return self._reading(line, part, None)  # that one did not happen
        try:
            row = self._row(line, part, columns, transition)
        except _Gap as gap:
            return Unreadable(
                line=line.number,
                part=part,
                reason=gap.reason,
                columns=gap.columns,
                case=line.case,
            )
        return self._reading(line, part, row)

    def _reading(
        self, line: _Line, part: int, row: SourceRow | None, *, is_skipped: bool = False
    ) -> Reading:
        return Reading(
            line=line.number,
            part=part,
            case=line.case,
            cells=tuple(line.cells.get(name) for name in self._kept),
            row=row,
            is_skipped=is_skipped,
        )

    def _transition(self, cells: Cells, columns: EventColumns) -> str | None:
        if columns.transition or self._mapping.lifecycle is None:
            return columns.transition
        return cells.get(self._mapping.lifecycle.column or "")

    def _row(
        self, line: _Line, part: int, columns: EventColumns, transition: str | None
    ) -> SourceRow:
        cells = line.cells
        for name in self._columns[part]:
            if len(cells.get(name, "")) > LONGEST:
                raise _Gap(Reason.TOO_LONG, name)
        activity = columns.name or _required(
            cells, columns.activity, Reason.NO_ACTIVITY
        )
        identity = columns.id or columns.sequence
        key = _required(cells, identity, Reason.NO_KEY) if identity else ""
        at = self._at(cells, columns.at)
        meaning = (
            self._mapping.steps.get(activity) if self._counts(transition) else None
        )
        return SourceRow(
            case=line.case,
            key=key if self._is_one_event or not key else f"{key}/{part}",
            sequence=cells.get(columns.sequence or "", ""),
            at=at,
            activity=activity,
            transition=transition,
            officer=cells.get(columns.officer or ""),
            group=cells.get(columns.group or ""),
            step=meaning.step if meaning else None,
            kind=meaning.kind if meaning else None,
            line=line.number,
            digest=self._digest(cells, part, (activity, at.isoformat())),
        )

    def _at(self, cells: Cells, columns: tuple[str, ...]) -> datetime:
        told = " ".join(_required(cells, name, Reason.NO_TIME) for name in columns)
        try:
            return self._read_instant(told)
        except TimeUnreadable as error:
            raise _Gap(Reason.TIME_UNREADABLE, *columns) from error

    def _counts(self, transition: str | None) -> bool:
        lifecycle = self._mapping.lifecycle
        if lifecycle is None or not lifecycle.count:
            return True
        return (transition or "").casefold() in lifecycle.count

    def _digest(self, cells: Cells, part: int, read: tuple[str, ...]) -> str:
        """The times as instants, so that another spelling of them is no change.

        A row that tells several events has only their own columns in each digest:
        a later export may fill in the others.
        """
        names = self._content(tuple(cells), part)
        pairs = [f"{name}\0{cells[name]}" for name in names]
        return sha256("\0".join([*read, *pairs]).encode()).hexdigest()

    def _content_of(self, recorded: tuple[str, ...], part: int) -> list[str]:
        columns = self._mapping.events[part]

        def is_content(name: str) -> bool:
            is_of_case = name in self._kept or (self._is_xes and name.startswith(CASE))
            return name in self._columns[part] or (
                self._is_one_event and not is_of_case
            )

        return sorted(
            name for name in recorded if name not in columns.at and is_content(name)
        )


def _required(cells: Cells, column: str | None, reason: Reason) -> str:
    value = cells.get(column or "")
    if value is None:
        raise _Gap(reason, column or "")
    return value
