"""A bulk run that is killed in the middle: ``CONNINFO HOME CASES``."""

import os
import signal
import sys
from pathlib import Path

from infra.bulk import Written, write
from infra.services import open_services
from infra.settings import Settings
from tests.infra.bulk_county import steps_of

SAVES = 3


def die(written: Written) -> None:
    """With a save decided, and perhaps on its way."""
    if written.commands >= SAVES * 50:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    conninfo, home, cases = sys.argv[1:]
    with open_services(Settings(home=Path(home)), conninfo) as services:
        write(services, steps_of(services, int(cases)), save=50, watcher=die)
