"""Reads a mapping: a TOML file, checked whole, each wrong key named with its reason.

How to write one is told in ``docs/guide/import.md``.
"""

import hashlib
import io
import tomllib
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consumers.foreign_log import meaning as m
from consumers.foreign_log.instants import ISO_8601
from consumers.foreign_log.meaning import Mapping
from consumers.foreign_log.rows import Kind
from consumers.foreign_log.sections import MappingIsWrong, Section
from domain.case.source_steps import SourceStep
from domain.office.codes import DivisionCode, DivisionCodeIsMalformed

__all__ = ["Mapping", "MappingIsWrong", "read_mapping"]

CASE, EVENT = "case:", "event:"
CSV_ONLY = ("encoding", "delimiter", "quote", "escape", "columns", "skip_lines")
ANY_COLUMN = "*"

Resolve = Callable[[str, str], str]
Choice = TypeVar("Choice", bound=StrEnum)


def read_mapping(path: Path) -> Mapping:
    """The mapping in ``path``; raises :class:`MappingIsWrong`."""
    content = path.read_bytes()
    try:
        root = Section(path, "", tomllib.loads(content.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingIsWrong(
            path, "-", f"不是 UTF-8 的 TOML 文件（{error}）"
        ) from error
    log = _log(root.section("log"), root.section("time"))
    resolve = _resolve_xes if log.format is m.Format.XES else _resolve_csv
    office, office_by, offices = _offices(root.section("office"))
    mapping = Mapping(
        log=log,
        office=office,
        offices=offices,
        case=_case(root.section("case"), resolve, office_by),
        events=tuple(_event(table, resolve) for table in root.sections("event")),
        lifecycle=_lifecycle(root, resolve),
        steps=_steps(root.section("steps")),
        missing=_missing(root.section("missing"), resolve),
        digest=hashlib.sha256(content).hexdigest(),
    )
    root.finish()
    return mapping


def _resolve_csv(_prefix: str, column: str) -> str:
    return column


def _resolve_xes(prefix: str, column: str) -> str:
    """Trace and event attributes share names (``concept:name``): say whose it is."""
    return column if column.startswith((CASE, EVENT)) else prefix + column


def _log(section: Section, time: Section) -> m.LogFile:
    form = _choice(section, "format", m.Format)
    for key in CSV_ONLY:
        if form is m.Format.XES and section.has(key):
            raise section.wrong(key, "XES 日志没有此项")
    log = m.LogFile(
        name=section.text("name"),
        version=section.text("version"),
        format=form,
        encoding=_encoding(section),
        delimiter=_character(section, "delimiter", ","),
        quote=_character(section, "quote", '"', may_be_empty=True),
        escape=_character(section, "escape", "", may_be_empty=True) or None,
        columns=section.texts("columns") or None,
        skip_lines=section.number("skip_lines", 0),
        timezone=_timezone(section),
        time_formats=time.texts("formats", (ISO_8601,)),
    )
    section.finish()
    time.finish()
    return log


def _choice(section: Section, key: str, choices: type[Choice]) -> Choice:
    text = section.text(key)
    try:
        return choices(text)
    except ValueError as error:
        raise section.wrong(key, f"应为 {'、'.join(choices)} 之一") from error


def _encoding(section: Section) -> str:
    encoding = section.optional("encoding") or "utf-8"
    try:
        io.TextIOWrapper(io.BytesIO(), encoding)
    except LookupError as error:
        raise section.wrong("encoding", "不认识的文字编码") from error
    return encoding


def _character(
    section: Section, key: str, default: str, *, may_be_empty: bool = False
) -> str:
    text = section.any_text(key, default)
    if len(text) == 1 and text not in "\r\n\0":
        return text
    if may_be_empty and not text:
        return text
    raise section.wrong(key, "应为单个字符")


def _timezone(section: Section) -> ZoneInfo | None:
    name = section.optional("timezone")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise section.wrong("timezone", "不认识的时区，例：Asia/Shanghai") from error


def _offices(
    section: Section,
) -> tuple[m.SourceOffice, str | None, dict[str, m.SourceOffice]]:
    by = section.section("by")
    column = by.text("column") if section.has("by") else None
    table = by.section("table")
    listed = {value: _office(table.section(value)) for value in table}
    by.finish()
    return _office(section), column, listed


def _office(section: Section) -> m.SourceOffice:
    code = section.text("code")
    try:
        DivisionCode(code)
    except DivisionCodeIsMalformed as error:
        raise section.wrong("code", error.remedy) from error
    office = m.SourceOffice(code=code, name=section.text("name"))
    section.finish()
    return office


def _case(section: Section, resolve: Resolve, office_by: str | None) -> m.CaseColumns:
    def column(key: str) -> str | None:
        name = section.optional(key)
        return None if name is None else resolve(CASE, name)

    case = m.CaseColumns(
        id=resolve(CASE, section.text("id")),
        opened_at=column("opened_at"),
        ended_at=column("ended_at"),
        deadline=column("deadline"),
        channel=column("channel"),
        item=column("item"),
        office=None if office_by is None else resolve(CASE, office_by),
        attributes=tuple(resolve(CASE, n) for n in section.texts("attributes")),
    )
    section.finish()
    return case


def _event(section: Section, resolve: Resolve) -> m.EventColumns:
    def column(key: str) -> str | None:
        name = section.optional(key)
        return None if name is None else resolve(EVENT, name)

    event = m.EventColumns(
        activity=column("activity"),
        name=section.optional("name"),
        at=tuple(resolve(EVENT, name) for name in section.texts("at")),
        officer=column("officer"),
        group=column("group"),
        sequence=column("sequence"),
        id=column("id"),
        transition=section.optional("transition"),
    )
    if (event.activity is None) == (event.name is None):
        raise section.wrong(
            "activity", "activity（列）与 name（固定名称）须且只能填一项"
        )
    if not event.at:
        raise section.wrong("at", "缺少此项")
    section.finish()
    return event


def _lifecycle(root: Section, resolve: Resolve) -> m.Lifecycle | None:
    if not root.has("lifecycle"):
        return None
    section = root.section("lifecycle")
    column = section.optional("column")
    lifecycle = m.Lifecycle(
        column=None if column is None else resolve(EVENT, column),
        count=frozenset(text.casefold() for text in section.texts("count")),
        ignore=frozenset(text.casefold() for text in section.texts("ignore")),
    )
    if lifecycle.count & lifecycle.ignore:
        raise section.wrong("ignore", "同一状态不能既计入又忽略")
    section.finish()
    return lifecycle


def _steps(section: Section) -> dict[str, m.StepMeaning]:
    steps = {}
    for activity in section:
        table = section.section(activity)
        steps[activity] = m.StepMeaning(
            step=_choice(table, "step", SourceStep), kind=_choice(table, "kind", Kind)
        )
        table.finish()
    return steps


def _missing(section: Section, resolve: Resolve) -> Callable[[str], frozenset[str]]:
    """An empty cell is never a value; further texts per column, or for all (``*``)."""
    otherwise = frozenset({"", *section.texts(ANY_COLUMN)})
    named = {
        resolve(prefix, name): frozenset({"", *section.texts(name)})
        for name in section
        for prefix in (CASE, EVENT)
        if name != ANY_COLUMN
    }
    return lambda column: named.get(column, otherwise)
