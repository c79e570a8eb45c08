"""One data directory with the programs and the user that serve it."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.postgres.account import ENVIRONMENT, Account, ending_with
from infra.postgres.binaries import Binaries
from infra.postgres.failure import ServerDidNotStart

DRAFT = "data.draft-"
STATUS_LINE = 7
PAUSE_SECONDS = 0.05
LOG_BYTES = 10_000_000

SETTINGS = (
    "listen_addresses=",
    "port=5432",
    "max_connections=200",
    "timezone=UTC",
    "log_timezone=UTC",
    # Failed statements and details of broken constraints would log personal data.
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
)
INITDB = (
    *("--username=postgres", "--auth=trust", "--encoding=UTF8"),
    *("--locale=C.UTF-8", "--data-checksums"),
)
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def major_of(data: Path) -> int | None:
    """The major version ``data`` belong to; None before there are any.

    Raises PermissionError where they belong to another user.
    """
    version = data / "PG_VERSION"
    return int(version.read_text(encoding="ascii")) if data.exists() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """``durable`` False gives up fsync: for tests only."""

    data: Path
    socket: Path
    binaries: Binaries
    account: Account
    durable: bool

    def leave_socket(self) -> None:
        """Remove the socket's folder if it is not the data's own."""
        if self.socket != self.data:
            self.socket.rmdir()


def make_data(
    data: Path, binaries: Binaries, account: Account, *, durable: bool
) -> None:
    """Into a draft that is renamed when whole: a half-made one is never used."""
    for abandoned in data.parent.glob(f"{DRAFT}*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    # A name of our own: a killed supervisor's initdb may still be dying.
    draft = data.with_name(f"{DRAFT}{os.getpid()}")
    account.make_own(draft)
    sync = () if durable else ("--no-sync",)
    made = account.run(binaries.folder / "initdb", "-D", draft, *INITDB, *sync)
    if made.returncode != 0:
        raise ServerDidNotStart(f"initdb failed in {draft}: {made.stderr}")
    draft.rename(data)
    folder = os.open(data.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def launch(cluster: Cluster, log: Path) -> "subprocess.Popen[bytes]":
    """Start PostgreSQL, on a socket only; it is told to stop should we be killed."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    settings = SETTINGS if cluster.durable else SETTINGS + NOT_DURABLE
    flags = [word for setting in settings for word in ("-c", setting)]
    program = cluster.binaries.folder / "postgres"
    with log.open("ab") as output:
        return subprocess.Popen(
            [program, "-D", cluster.data, "-k", cluster.socket, *flags],
            user=cluster.account.uid,
            group=cluster.account.gid,
            extra_groups=cluster.account.groups,
            preexec_fn=ending_with(os.getpid(), signal.SIGINT),  # noqa: PLW1509
            cwd="/",
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )


def is_ready(data: Path, pid: int) -> bool:
    """Whether the server ``pid`` takes connections by now."""
    lines = _pid_lines(data)
    return (
        len(lines) > STATUS_LINE
        and lines[0] == str(pid)
        and lines[STATUS_LINE].strip() == "ready"
    )


def await_predecessor(data: Path, until: float) -> None:
    """Wait for a server that outlived a killed supervisor; it is about to stop.

    After a power-off its number may belong to another program; PostgreSQL would
    then refuse to start, so that stale file goes. A dead server's file stays:
    PostgreSQL looks in it for processes that still use the data.
    """
    while (lines := _pid_lines(data)) and Path("/proc", lines[0]).exists():
        if os.fsencode(data) not in Path("/proc", lines[0], "cmdline").read_bytes():
            (data / "postmaster.pid").unlink()
        elif time.monotonic() > until:
            raise ServerDidNotStart(
                f"another PostgreSQL (process {lines[0]}) serves {data}: stop it"
            )
        time.sleep(PAUSE_SECONDS)


def stop(server: "subprocess.Popen[bytes]", patience: float) -> None:
    """Fast shutdown with a checkpoint; at once, to be recovered, if that hangs."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    try:
        server.wait(patience)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _pid_lines(data: Path) -> list[str]:
    with suppress(FileNotFoundError):
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    return []
