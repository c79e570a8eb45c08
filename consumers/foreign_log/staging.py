"""Puts a foreign log in order of time on disk, so that any length fits in memory.

The staged file is named after the content of log and mapping, and named last: an
interrupted staging leaves nothing that a later one would trust.
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from consumers.foreign_log import csv_reader, xes_reader
from consumers.foreign_log.loading import Loading
from consumers.foreign_log.meaning import Format, Mapping
from consumers.foreign_log.rows import Entry
from consumers.foreign_log.source_file import SourceFile, digest_of
from consumers.foreign_log.staged import Staged
from consumers.foreign_log.staging_tables import SCHEMA, put_in_order

LAYOUT = 1  # of the staged file: another one is staged anew
ENTRIES_A_REPORT = 2_000

READERS: dict[Format, Callable[[SourceFile, Mapping], Iterator[Entry]]] = {
    Format.CSV: csv_reader.read,
    Format.XES: xes_reader.read,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """``bytes_read`` of ``bytes_total`` as the file lies there, gzipped or not."""

    bytes_read: int
    bytes_total: int
    rows: int


def stage(
    log: Path,
    mapping: Mapping,
    work: Path,
    report: Callable[[Progress], None] = lambda _: None,
) -> Staged:
    """The log in order; staged now, or before from the same log and mapping.

    ``work`` holds source data, personal data perhaps: it is closed to others.
    Raises :class:`LogDoesNotFit` when the file is not what the mapping describes.
    """
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    log_digest = digest_of(log)
    name = f"{log_digest[:32]}-{mapping.digest[:32]}-{LAYOUT}"
    staged = work / f"{name}.sqlite"
    with _alone(work / f"{name}.lock"):
        if not staged.exists():
            _write(log, mapping, staged, report)
    return Staged(file=staged, log_digest=log_digest)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Of two imports of one log at once the second waits and finds it staged."""
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(
    log: Path, mapping: Mapping, staged: Path, report: Callable[[Progress], None]
) -> None:
    partial = staged.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as database:
            database.executescript(SCHEMA)
            database.execute("BEGIN")
            _load(log, mapping, database, report)
            put_in_order(database, mapping)
            database.execute("COMMIT")
        _sync(partial)
        partial.rename(staged)
    finally:
        partial.unlink(missing_ok=True)


def _load(
    log: Path,
    mapping: Mapping,
    database: sqlite3.Connection,
    report: Callable[[Progress], None],
) -> None:
    loading = Loading(database, mapping)
    with closing(SourceFile(log)) as source:

        def tell() -> None:
            report(
                Progress(
                    bytes_read=source.consumed,
                    bytes_total=source.size,
                    rows=loading.rows,
                )
            )

        for nth, entry in enumerate(READERS[mapping.log.format](source, mapping)):
            loading.add(entry)
            if nth % ENTRIES_A_REPORT == 0:
                tell()
        loading.finish()
        tell()


def _sync(file: Path) -> None:
    """On disk before it has its name, also when the power fails in between."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
