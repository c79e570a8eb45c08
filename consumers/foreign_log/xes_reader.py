"""Reads an XES log event by event; what has been read is let go at once."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from consumers.foreign_log.entries import Cells, EntryReader
from consumers.foreign_log.mapping import CASE, EVENT
from consumers.foreign_log.meaning import Mapping
from consumers.foreign_log.rows import Entry, LogDoesNotFit, Reason, Unreadable
from consumers.foreign_log.source_file import SourceFile

CHUNK = 1 << 16
PROLOGUE = 1 << 20
TAGS = ("{*}log", "{*}trace", "{*}event")


def read(source: SourceFile, mapping: Mapping) -> Iterator[Entry]:
    """Every event as an entry; raises :class:`LogDoesNotFit` if it is no XES.

    Entities are not resolved, a DOCTYPE is refused, nothing is fetched.
    """
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=TAGS,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    reading = _Reading(EntryReader(mapping))
    is_damaged = False
    while not is_damaged and (chunk := source.read(CHUNK)):
        is_damaged = not _feed(parser, chunk)
        for action, element in parser.read_events():
            yield from reading.entries(action, element)
        if not reading.is_log and source.consumed > PROLOGUE:
            raise LogDoesNotFit("文件不是 XES 日志（没有 log 元素）")
    if is_damaged or source.damage or not _ended(parser):
        yield Unreadable(
            line=reading.line + 1, reason=source.damage or Reason.XML_DAMAGED
        )
    elif not reading.is_log:
        raise LogDoesNotFit("文件不是 XES 日志（没有 log 元素）")


def _feed(parser: etree.XMLPullParser, chunk: bytes) -> bool:
    """Whether the XML is whole so far; events before a fault are still read."""
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError:
        return False
    return True


def _ended(parser: etree.XMLPullParser) -> bool:
    try:
        parser.close()
    except etree.XMLSyntaxError:
        return False
    return True


class _Reading:
    """The place in the document: which trace, which event."""

    def __init__(self, reader: EntryReader) -> None:
        self._reader = reader
        self._trace: Cells | None = None
        self._is_in_trace = False
        self._has_events = False
        self.is_log = False
        self.line = 0

    def entries(self, action: str, element: etree._Element) -> Iterator[Entry]:
        match action, etree.QName(element).localname:
            case "start", "log" if element.getparent() is None:
                self._begin(element)
            case "start", "trace":
                self._is_in_trace, self._has_events = True, False
                self._trace = None
            case "end", "event" if self.is_log:
                yield from self._event(element)
                _release(element)
            case "end", "trace" if self.is_log:
                if not self._has_events:
                    cells = _attributes(element, CASE)
                    yield self._reader.case_alone(cells, self.line)
                self._is_in_trace, self._trace = False, None
                _release(element)
            case _:
                pass

    def _begin(self, log: etree._Element) -> None:
        document = log.getroottree().docinfo
        if document.internalDTD is not None or document.externalDTD is not None:
            raise LogDoesNotFit("XES 日志不得带有 DOCTYPE")
        self.is_log = True

    def _event(self, event: etree._Element) -> Iterator[Entry]:
        self.line += 1
        self._has_events = True
        if self._trace is None:
            trace = event.getparent() if self._is_in_trace else None
            self._trace = {} if trace is None else _attributes(trace, CASE)
        cells = self._trace | _attributes(event, EVENT)
        for entry in self._reader.entries(cells, self.line):
            if isinstance(entry, Unreadable):
                raw = etree.tostring(event, encoding="unicode", with_tail=False)
                yield replace(entry, raw=raw)
            else:
                yield entry


def _attributes(element: etree._Element, prefix: str) -> Cells:
    """The plain attributes; lists and nested ones are not columns."""
    return {
        prefix + key: value
        for child in element
        if (key := child.get("key")) and (value := child.get("value")) is not None
    }


def _release(element: etree._Element) -> None:
    """Empties it and drops what stands before: it is whole, and has been read."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)
