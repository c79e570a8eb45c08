"""File locks: the kernel lets them go when their process ends, however it ends."""

import fcntl
import time
from pathlib import Path
from typing import IO

PAUSE_SECONDS = 0.01

SHARED = fcntl.LOCK_SH
ALONE = fcntl.LOCK_EX


def seize(file: IO[bytes], how: int) -> bool:
    """Lock ``file`` now or say no; the lock ends when the file is closed."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for(path: Path, how: int, until: float) -> IO[bytes]:
    """The file at ``path``, locked. ``until`` is on the monotonic clock.

    Raises TimeoutError when another holder keeps it longer.
    """
    file = path.open("ab")
    while not seize(file, how):
        if time.monotonic() > until:
            file.close()
            raise TimeoutError(str(path))
        time.sleep(PAUSE_SECONDS)
    return file


def is_held_alone(path: Path) -> bool:
    """Whether some process holds ``path`` alone at this moment."""
    if not path.exists():
        return False
    with path.open("ab") as file:
        return not seize(file, SHARED)
