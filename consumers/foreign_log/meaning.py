"""What the columns of a foreign log mean, as a mapping file declares it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from consumers.foreign_log.rows import Kind
from domain.case.source_steps import SourceStep


class Format(StrEnum):
    CSV = "csv"
    XES = "xes"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFile:
    """How the file is written. ``columns`` None: the first line names them."""

    name: str
    version: str
    format: Format
    encoding: str
    delimiter: str
    quote: str
    escape: str | None
    columns: tuple[str, ...] | None
    skip_lines: int
    timezone: ZoneInfo | None
    time_formats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOffice:
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseColumns:
    """``attributes`` are kept with the case; every other column is let go."""

    id: str
    opened_at: str | None
    ended_at: str | None
    deadline: str | None
    channel: str | None
    item: str | None
    office: str | None
    attributes: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, ...]:
        """All columns that speak of the case as a whole, each once."""
        times = (self.opened_at, self.ended_at, self.deadline)
        named = filter(None, (*times, self.channel, self.item, self.office))
        return tuple(dict.fromkeys([*named, *self.attributes]))


@dataclass(frozen=True, slots=True, kw_only=True)
class EventColumns:
    """One event of a row. ``name`` is a fixed activity, instead of a column.

    ``at`` may be two columns (date, time), joined by a space.
    """

    activity: str | None
    name: str | None
    at: tuple[str, ...]
    officer: str | None
    group: str | None
    sequence: str | None
    id: str | None
    transition: str | None

    @property
    def columns(self) -> tuple[str, ...]:
        single = (self.activity, self.officer, self.group, self.sequence, self.id)
        return (*filter(None, single), *self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle:
    """Transitions that count as done, and those left out; the rest stay neutral."""

    column: str | None
    count: frozenset[str]
    ignore: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMeaning:
    step: SourceStep
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """``digest`` is SHA-256 of the file: another reading is another mapping.

    ``missing`` tells, column by column, which texts mean "not recorded".
    """

    log: LogFile
    office: SourceOffice
    offices: dict[str, SourceOffice]
    case: CaseColumns
    events: tuple[EventColumns, ...]
    lifecycle: Lifecycle | None
    steps: dict[str, StepMeaning]
    missing: Callable[[str], frozenset[str]]
    digest: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the log must have."""
        of_events = [name for event in self.events for name in event.columns]
        cycle = [self.lifecycle.column] if self.lifecycle else []
        named = [self.case.id, *self.case.kept, *of_events, *filter(None, cycle)]
        return tuple(dict.fromkeys(named))
