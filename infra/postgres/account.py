"""Which user PostgreSQL runs as: it refuses to be run by root."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.postgres.failure import ServerDidNotStart

PR_SET_PDEATHSIG = 1
OURS = "banjian"
USERADD = ("--system", "--user-group", "--no-create-home", "--shell=/usr/sbin/nologin")
PREFERRED = ("postgres", OURS)

# Nothing of the caller's environment reaches the server: no PGDATA, no PGPORT, no TZ.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath}


def ending_with(parent: int, by: signal.Signals) -> Callable[[], None]:
    """What a child does first, to get the signal ``by`` should ``parent`` end.

    It comes after the change of user, which would undo it. Callers have no threads.
    """
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, by)
        if os.getppid() != parent:
            os._exit(1)

    return ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The user of the server's processes; None: whoever runs this program."""

    uid: int | None = None
    gid: int | None = None

    @property
    def groups(self) -> tuple[int, ...] | None:
        """Supplementary groups to set: root's own are dropped."""
        return None if self.uid is None else ()

    def run(self, *command: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run a command as this user to its end, or to that of a killed caller.

        Raises OSError if it cannot be run.
        """
        return subprocess.run(
            command,
            user=self.uid,
            group=self.gid,
            extra_groups=self.groups,
            umask=0o077,
            preexec_fn=ending_with(os.getpid(), signal.SIGKILL),
            cwd="/",
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def can_enter(self, folder: Path) -> bool:
        """Ask the kernel rather than the mode bits: it knows of ACLs and mounts."""
        return self.run("/bin/sh", "-c", 'cd "$1"', "sh", folder).returncode == 0

    def make_own(self, folder: Path) -> None:
        """Make ``folder``, belonging to this user and closed to all others."""
        folder.mkdir(mode=0o700)
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)

    def owns(self, folder: Path) -> bool:
        """Whether ``folder`` is a real folder of this user, closed to all others."""
        found = folder.stat(follow_symlinks=False)
        uid = os.geteuid() if self.uid is None else self.uid
        return (
            folder.is_dir()
            and not folder.is_symlink()
            and found.st_uid == uid
            and not found.st_mode & 0o077
        )


def account_for(data: Path) -> Account:
    """Who is to serve ``data``: under root their owner, or else a system user."""
    if os.geteuid() != 0:
        return Account()
    if data.exists() and data.stat().st_uid != 0:
        owner = data.stat()
        return Account(uid=owner.st_uid, gid=owner.st_gid)
    user = _known(*PREFERRED) or _made()
    return Account(uid=user.pw_uid, gid=user.pw_gid)


def _known(*names: str) -> pwd.struct_passwd | None:
    for name in names:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    return None


def _made() -> pwd.struct_passwd:
    """A system user without home or shell; made meanwhile by a twin is fine."""
    useradd = shutil.which("useradd", path=os.defpath + ":/usr/sbin:/sbin")
    told = Account().run(useradd, *USERADD, OURS).stderr if useradd else "no useradd"
    if (user := _known(OURS)) is None:
        raise ServerDidNotStart(
            "PostgreSQL must not run as root and there is no user 'postgres' or"
            f" '{OURS}' to run it: create one, or run this as another user ({told})"
        )
    return user
