"""Leasing a private PostgreSQL: shared by processes, gone with the last of them."""

import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psycopg
import structlog
from psycopg.conninfo import make_conninfo

from infra.postgres import locks
from infra.postgres.failure import ServerDidNotStart
from infra.postgres.places import Places, Running
from infra.postgres.starting import Attempt

__all__ = ["PrivateServer", "ServerDidNotStart", "is_running", "start"]

DATABASE = "banjian"
SUPERUSER = "postgres"
TIMEOUT_SECONDS = 60.0

log = structlog.get_logger(__name__)
kept: "list[PrivateServer]" = []


class PrivateServer:
    """A lease on the server whose data lie under ``home/pg``; it starts on demand.

    The lease is a file lock, so the kernel ends it with the process, also by
    kill -9. ``durable`` False gives up fsync: for tests only. The database
    ``banjian`` is made if it is missing. ``timeout`` is in seconds. Raises
    ``ServerDidNotStart``.
    """

    def __init__(
        self,
        home: Path,
        *,
        bindir: Path | None = None,
        durable: bool = True,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        places, until = Places.under(home), time.monotonic() + timeout
        attempt = Attempt(places=places, bindir=bindir, durable=durable, until=until)
        try:
            # Held alone by a supervisor that ends: then it is waited for.
            self._lease: IO[bytes] = locks.wait_for(places.lease, locks.SHARED, until)
            try:
                with locks.wait_for(places.starting, locks.ALONE, until):
                    self._running = _reach(attempt)
            except BaseException:
                self.release()
                raise
        except TimeoutError as busy:
            raise ServerDidNotStart(f"another process keeps {busy}") from busy

    @property
    def administration(self) -> str:
        """Connects as superuser to the server's own database ``postgres``."""
        return _conninfo(self._running, "postgres")

    @property
    def conninfo(self) -> str:
        """Connects as superuser to the database ``banjian``."""
        return _conninfo(self._running, DATABASE)

    @property
    def data(self) -> Path:
        """The data directory; below a closed home it lies elsewhere."""
        return Path(self._running.data)

    @property
    def version(self) -> str:
        """PostgreSQL's version, as ``18.6``."""
        return self._running.version

    def release(self) -> None:
        """Give the lease back; the server ends with the last one."""
        self._lease.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def start(
    home: Path,
    timeout: float = TIMEOUT_SECONDS,
    *,
    bindir: Path | None = None,
    durable: bool = True,
) -> str:
    """Lease the server of ``home`` until this process ends; its conninfo."""
    server = PrivateServer(home, bindir=bindir, durable=durable, timeout=timeout)
    kept.append(server)
    return server.conninfo


def is_running(home: Path) -> bool:
    """Whether the server of ``home`` runs, starts or stops at this moment."""
    return locks.is_held_alone(Places.under(home).supervising)


def _reach(attempt: Attempt) -> Running:
    had_pointer = attempt.places.pointer.exists()
    while True:
        running = attempt.reach()
        try:
            _make_database(running)
            break
        except psycopg.OperationalError as error:  # it may have crashed just now
            attempt.pause(str(error))
    if attempt.places.pointer.exists() and not had_pointer:
        log.warning(
            "private_postgres_data_elsewhere",
            data=running.data,
            because=f"the server's user may not enter {attempt.places.folder}",
        )
    return running


def _conninfo(running: Running, database: str) -> str:
    """The port is named, so that PGPORT does not lead elsewhere."""
    return make_conninfo(
        host=running.socket, port=5432, user=SUPERUSER, dbname=database
    )


def _make_database(running: Running) -> None:
    with psycopg.connect(_conninfo(running, "postgres"), autocommit=True) as connection:
        exists = connection.execute(
            "SELECT FROM pg_database WHERE datname = %s", (DATABASE,)
        ).fetchone()
        if exists is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
