"""Where a private server keeps its locks, logs, data and socket."""

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from infra.postgres.account import Account
from infra.postgres.failure import ServerDidNotStart

ELSEWHERE = Path("/var/lib/banjian")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107  # sun_path holds 108 bytes, the last one is NUL


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What the supervisor tells of a server that takes connections."""

    socket: str
    data: str
    version: str
    durable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """All paths of one server. ``folder`` is the program's, ``data`` PostgreSQL's."""

    folder: Path

    @classmethod
    def under(cls, home: Path) -> Self:
        """The places of the server of ``home``: ``home/pg`` is made if missing."""
        folder = (home / "pg").expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder=folder)

    @property
    def lease(self) -> Path:
        """Held shared by every user of the server, alone by one that ends."""
        return self.folder / "lease"

    @property
    def starting(self) -> Path:
        """Held by the one process that may start a supervisor."""
        return self.folder / "starting"

    @property
    def supervising(self) -> Path:
        """Held by the supervisor for its life."""
        return self.folder / "supervising"

    @property
    def supervisor_log(self) -> Path:
        return self.folder / "supervisor.log"

    @property
    def postgres_log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def pointer(self) -> Path:
        """Names the data directory where it cannot lie in ``folder``."""
        return self.folder / "data-is-at"

    @property
    def ready(self) -> Path:
        return self.folder / "ready.json"

    @property
    def data(self) -> Path:
        """The data directory, made or not; nothing else of it is needed to find it."""
        if self.pointer.exists():
            return Path(self.pointer.read_text(encoding="utf-8").strip())
        return self.folder / "data"

    @property
    def digest(self) -> str:
        return hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]

    def publish(self, running: Running) -> None:
        """Say at once and whole that the server is ready."""
        draft = self.ready.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(running)), encoding="utf-8")
        draft.replace(self.ready)

    def read_ready(self) -> Running | None:
        if not self.ready.exists():
            return None
        return Running(**json.loads(self.ready.read_text(encoding="utf-8")))

    def settle_data(self, account: Account) -> Path:
        """Where the data lie, decided once: below a closed home they lie elsewhere.

        A home closed to the server's user (root's is 0700) stays as it is.
        """
        if self.pointer.exists() and not self.data.parent.exists():
            raise ServerDidNotStart(
                f"the data of {self.folder} were in {self.data}, which is gone: bring"
                f" it back, or remove {self.pointer} to begin without data"
            )
        if not self.data.exists() and not account.can_enter(self.folder):
            data = ELSEWHERE / self.digest / "data"
            _make_passable(data.parent)
            self.pointer.write_text(f"{data}\n", encoding="utf-8")
        return self.data

    def settle_socket(self, account: Account) -> Path:
        """The socket's folder, closed to others: the data, or a shorter path."""
        if _fits(self.data):
            return self.data
        folder = Path(tempfile.gettempdir()) / f"banjian-{self.digest}"
        if not folder.exists():
            account.make_own(folder)
        if not account.owns(folder) or not _fits(folder):
            raise ServerDidNotStart(f"{folder} cannot hold the socket: remove it")
        return folder


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH


def _make_passable(folder: Path) -> None:
    """Make ``folder``; only what is made here is opened, never what was there."""
    for part in (*reversed(folder.parents), folder):
        if not part.exists():
            part.mkdir(exist_ok=True)
            part.chmod(0o755)
