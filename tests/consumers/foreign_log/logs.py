"""Small logs written for the purpose, and the mappings that read them."""

import gzip
from datetime import datetime
from pathlib import Path

from consumers.foreign_log.mapping import read_mapping
from consumers.foreign_log.rows import SourceRow, StagedItem, Step
from consumers.foreign_log.staged import Staged
from consumers.foreign_log.staging import stage

OFFICE = """
[office]
code = "640399000000"
name = "云溪县政务服务中心"
"""
CSV = (
    OFFICE
    + """
[log]
name = "small"
version = "1"
format = "csv"
timezone = "Asia/Shanghai"

[case]
id = "case"
opened_at = "opened"
ended_at = "ended"
deadline = "due"
channel = "channel"

[event]
activity = "activity"
at = "at"
officer = "officer"
sequence = "nr"

[steps.Decide]
step = "decided"
kind = "own"
"""
)
HEADER = "case,nr,activity,at,officer,channel,opened,ended,due\n"
A1 = (
    "A,1,Receive,2023-05-06T08:01,li,web,2023-05-06T08:00,2023-05-09T09:00,2023-05-20\n"
)
A2 = "A,2,Decide,2023-05-08T10:00,wu,web,2023-05-06T08:00,2023-05-09T09:00,2023-05-20\n"
B1 = "B,1,Receive,2023-05-07T09:30,li,desk,2023-05-07T09:00,,2023-05-21\n"
SMALL = HEADER + A1 + A2 + B1

XES = (
    OFFICE
    + """
[log]
name = "small"
version = "1"
format = "xes"

[case]
id = "concept:name"
opened_at = "REG_DATE"
attributes = ["(case)_AMOUNT_REQ"]

[event]
activity = "concept:name"
at = "time:timestamp"
officer = "org:resource"
group = "org:group"

[lifecycle]
column = "lifecycle:transition"
count = ["complete"]
ignore = ["schedule"]

[steps.Decide]
step = "decided"
kind = "own"
"""
)


def staged(folder: Path, log: str | bytes, mapping: str = CSV) -> Staged:
    """``log`` as a file in ``folder``, staged by the text of a mapping."""
    file, toml = folder / "log", folder / "mapping.toml"
    file.write_bytes(log.encode() if isinstance(log, str) else log)
    toml.write_text(mapping, encoding="utf-8")
    return stage(file, read_mapping(toml), folder / "work")


def rows(log: Staged, until: datetime | None = None) -> list[SourceRow]:
    return [item.row for item in log.ordered(until) if isinstance(item, Step)]


def told(item: StagedItem) -> str:
    """An item in a word: where in whose case."""
    match item:
        case Step(row=row):
            return f"{row.case}: {row.activity}"
        case _:
            case = item.case if isinstance(item.case, str) else item.case.case
            return f"{case} {type(item).__name__.lower()}"


def reasons(log: Staged) -> list[tuple[int, str]]:
    return [(entry.line, str(entry.reason)) for entry in log.unreadable()]


def torn(log: str) -> bytes:
    """The log gzipped, and the last bytes of it lost."""
    return gzip.compress(log.encode())[:-12]


def xes(*traces: str, prologue: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}'
        '<log xes.version="1.0" xmlns="http://www.xes-standard.org/">'
        '<global scope="event"><string key="concept:name" value="none"/></global>'
        f"{''.join(traces)}</log>"
    )


def trace(name: str, *events: str) -> str:
    return (
        f'<trace><string key="concept:name" value="{name}"/>'
        '<date key="REG_DATE" value="2011-10-01T00:38:44.546+02:00"/>'
        f'<int key="(case)_AMOUNT_REQ" value="20000"/>{"".join(events)}</trace>'
    )


def event(activity: str, at: str, officer: str, transition: str = "COMPLETE") -> str:
    return (
        f'<event><string key="org:resource" value="{officer}"/>'
        f'<string key="lifecycle:transition" value="{transition}"/>'
        f'<string key="concept:name" value="{activity}"/>'
        f'<date key="time:timestamp" value="{at}"/></event>'
    )
