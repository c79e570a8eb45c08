"""A progress bar for people; silent where standard error is no terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from consumers.foreign_log import staging


class Watcher(Protocol):
    """Told how far an import is; both calls may come often."""

    def reading(self, progress: staging.Progress) -> None: ...

    def recording(self, done: int, total: int) -> None: ...


class Unwatched:
    """For imports that nobody looks at."""

    def reading(self, progress: staging.Progress) -> None:
        """Nobody looks."""

    def recording(self, done: int, total: int) -> None:
        """Nobody looks."""


@dataclass(slots=True)
class Bar:
    """Two bars: reading the file, and recording its facts in the log."""

    bars: Progress

    def __post_init__(self) -> None:
        self.bars.add_task("读取 reading", total=None)
        self.bars.add_task("入库 recording", total=None)

    def reading(self, progress: staging.Progress) -> None:
        read, recorded = self.bars.task_ids
        self.bars.update(
            read, completed=progress.bytes_read, total=progress.bytes_total
        )
        self.bars.update(recorded, completed=0)

    def recording(self, done: int, total: int) -> None:
        self.bars.update(self.bars.task_ids[1], completed=done, total=total)


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar on standard error while the block runs."""
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bars:
        yield Bar(bars)
