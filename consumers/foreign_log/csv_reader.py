"""Reads a CSV log line by line; a line that cannot be read spoils no other."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from consumers.foreign_log.entries import EntryReader
from consumers.foreign_log.meaning import LogFile, Mapping
from consumers.foreign_log.rows import Entry, LogDoesNotFit, Reason, Unreadable
from consumers.foreign_log.source_file import SourceFile

BYTE_ORDER_MARK = "\ufeff"
LONGEST_LINE = 1 << 20
# Bytes the encoding has no character for (PEP 383), and what PostgreSQL refuses.
UNDECODABLE = re.compile("[\ud800-\udfff\0]")


class _Lines:
    """Physical lines with their numbers; those of a row that failed can go back."""

    def __init__(self, source: SourceFile, log: LogFile) -> None:
        self.number = 0
        self.taken: list[str] = []
        self._source = source
        self._again: deque[str] = deque()
        buffered = io.BufferedReader(source)
        self._text = io.TextIOWrapper(
            buffered, log.encoding, "surrogateescape", newline=""
        )

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.taken.append(line)
        self.number += 1
        return line

    def give_back_all_but_first(self) -> None:
        """A stray quote has swallowed lines: only the first of them is wrong."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        del self.taken[1:]

    @property
    def raw(self) -> str:
        return "".join(self.taken)

    @property
    def is_torn(self) -> bool:
        """Whether the source broke off and nothing is left of it."""
        return self._source.damage is not None and not self._again

    def start_row(self) -> int:
        self.taken.clear()
        return self.number + 1

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        is_whole = self._source.damage is None or line.endswith(("\n", "\r"))
        if not line or not is_whole:
            raise StopIteration
        return line if self.number else line.removeprefix(BYTE_ORDER_MARK)


def read(source: SourceFile, mapping: Mapping) -> Iterator[Entry]:
    """Every row as entries; raises :class:`LogDoesNotFit` if columns are missing."""
    lines = _Lines(source, mapping.log)
    rows = _rows(lines, mapping.log)
    try:
        header = _header(lines, rows, mapping)
        yield from _body(lines, rows, header, EntryReader(mapping))
    except UnicodeDecodeError:  # only an encoding without byte escapes, as UTF-16
        yield Unreadable(line=lines.number + 1, reason=Reason.UNDECODABLE)
    if source.damage:
        yield Unreadable(line=lines.number + 1, reason=source.damage)


def _rows(lines: Iterator[str], log: LogFile) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        strict=True,
        delimiter=log.delimiter,
        quotechar=log.quote or None,
        quoting=csv.QUOTE_MINIMAL if log.quote else csv.QUOTE_NONE,
        escapechar=log.escape,
    )


def _header(
    lines: _Lines, rows: Iterator[list[str]], mapping: Mapping
) -> tuple[str, ...]:
    for _ in zip(range(mapping.log.skip_lines), lines, strict=False):
        pass
    header = mapping.log.columns or _named(rows)
    absent = [name for name in mapping.columns if name not in header]
    doubled = [name for name in mapping.columns if header.count(name) > 1]
    if absent and lines.is_torn:
        raise LogDoesNotFit("压缩文件在表头之前已经损坏")
    if absent:
        raise LogDoesNotFit(f"日志中没有映射所用的列：{'、'.join(absent)}")
    if doubled:
        raise LogDoesNotFit(f"日志中有重名的列：{'、'.join(doubled)}")
    return header


def _named(rows: Iterator[list[str]]) -> tuple[str, ...]:
    try:
        return tuple(name.strip() for name in next(rows, []))
    except csv.Error as error:
        raise LogDoesNotFit("日志首行不是可读的表头") from error


def _body(
    lines: _Lines,
    rows: Iterator[list[str]],
    header: tuple[str, ...],
    reader: EntryReader,
) -> Iterator[Entry]:
    for line, cells in _parsed(lines, rows):
        if isinstance(cells, Reason):
            yield _unreadable(lines, line, cells)
        elif UNDECODABLE.search(lines.raw):
            yield _unreadable(lines, line, Reason.UNDECODABLE)
        elif len(cells) != len(header):
            lines.give_back_all_but_first()
            yield _unreadable(lines, line, Reason.COLUMN_COUNT)
        else:
            named = dict(zip(header, cells, strict=True))
            for entry in reader.entries(named, line):
                if isinstance(entry, Unreadable):
                    yield replace(entry, raw=_safe(lines.raw))
                else:
                    yield entry


def _parsed(
    lines: _Lines, rows: Iterator[list[str]]
) -> Iterator[tuple[int, list[str] | Reason]]:
    """Rows with the number of their first line; blank lines are no rows."""
    while True:
        line = lines.start_row()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            if lines.is_torn:  # the damage is told once, by the caller
                return
            lines.give_back_all_but_first()
            yield line, Reason.QUOTING
        else:
            if cells:
                yield line, cells


def _unreadable(lines: _Lines, line: int, reason: Reason) -> Unreadable:
    return Unreadable(line=line, reason=reason, raw=_safe(lines.raw))


def _safe(raw: str) -> str:
    """Bytes without a character as escapes, so that the text can be stored."""
    return raw.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
