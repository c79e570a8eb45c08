"""What a foreign log says, read but not yet judged: its cases, rows and gaps."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.case.events import Attribute
from domain.case.source_steps import SourceStep


class LogDoesNotFit(Exception):
    """The file as a whole is not what the mapping describes; nothing was read."""


class Kind(StrEnum):
    """Whether a step is recorded as such (own) or read from its nearest (proxy)."""

    OWN = "own"
    PROXY = "proxy"


class Reason(StrEnum):
    """Why a row could not be read. A storage format: it stands in rejects files."""

    NO_CASE = "no-case"
    NO_ACTIVITY = "no-activity"
    NO_TIME = "no-time"
    NO_KEY = "no-key"
    TIME_UNREADABLE = "time-unreadable"
    TOO_LONG = "too-long"
    COLUMN_COUNT = "column-count"
    QUOTING = "quoting"
    UNDECODABLE = "undecodable"
    GZIP_DAMAGED = "gzip-damaged"
    XML_DAMAGED = "xml-damaged"
    ROW_CHANGED = "row-changed"


class FindingCode(StrEnum):
    """What is odd about a case that is imported all the same."""

    CASE_VALUES_DISAGREE = "case-values-disagree"
    CASE_TIME_UNREADABLE = "case-time-unreadable"
    CASE_WITHOUT_TIME = "case-without-time"
    OFFICE_NOT_LISTED = "office-not-listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One event of the log.

    ``key`` identifies it within its case; ``sequence`` orders rows of one
    instant; both are the ordinal of appearance where the log has neither.
    ``line`` is the physical line of a CSV, the ordinal of an XES event.
    ``digest`` is SHA-256 over its content, whatever line it stands on.
    ``step`` None: a neutral source step.
    """

    case: str
    key: str
    sequence: str
    at: datetime
    activity: str
    transition: str | None
    officer: str | None
    group: str | None
    step: SourceStep | None
    kind: Kind | None
    line: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCase:
    """What the log says of a whole case. None: not recorded, so not known.

    ``digest`` covers all but the end, which a later export may add.
    """

    case: str
    opened_at: datetime | None
    ended_at: datetime | None
    deadline_at: datetime | None
    channel: str | None
    item: str | None
    attributes: tuple[Attribute, ...]
    office_code: str
    office_name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one line yielded; ``row`` None: no event of it is kept.

    ``cells`` are the case columns in the mapping's order; ``part`` tells the
    several events of one line apart. ``is_skipped``: left out by declaration.
    """

    line: int
    part: int
    case: str
    cells: tuple[str | None, ...]
    row: SourceRow | None
    is_skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """``columns`` names what was wrong, never its value; ``raw`` is for rejects."""

    line: int
    reason: Reason
    columns: tuple[str, ...] = ()
    raw: str = ""
    case: str | None = None
    part: int = 0


Entry = Reading | Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``column`` of ``case`` at ``line`` is odd; its values are not repeated here."""

    code: FindingCode
    case: str
    column: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A case begins, at its opening or its first row, whichever is earlier."""

    position: int
    at: datetime
    case: SourceCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``previous_officer``: another officer did the row before it (derived)."""

    position: int
    at: datetime
    row: SourceRow
    previous_officer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A case ends. ``at`` is its place in the stream, never before its opening."""

    position: int
    at: datetime
    case: str
    ended_at: datetime


StagedItem = Opening | Step | Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """``rows`` were staged (``neutral`` of them); the rest were left out, and why."""

    cases: int
    rows: int
    neutral: int
    skipped: int
    duplicates: int
    unreadable: int
    findings: int
