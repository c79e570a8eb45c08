"""A projector in a process of its own, to be killed, and what to ask of views then."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from infra.services import Services, open_services
from infra.settings import Settings
from projections.all_views import ALL
from projections.runner import Runner
from projections.verify import verify
from tests.infra.other_process import SPAWN

NAMES = [view.NAME for view in ALL]


def keep_views(conninfo: str, home: Path) -> None:
    """Keep all views until this process is killed."""
    with open_services(Settings(home=home), conninfo) as parts:
        Runner(parts.log, parts.database, ALL).run(threading.Event())


def projector_beside(services: Services) -> BaseProcess:
    """Another process that keeps the views."""
    where = services.database.conninfo, services.settings.home
    process = SPAWN.Process(target=keep_views, args=where)
    process.start()
    return process


@contextmanager
def projector_here(services: Services) -> Iterator[Runner]:
    """A thread that keeps the views while the block runs."""
    runner, stop = Runner(services.log, services.database, ALL), threading.Event()
    thread = threading.Thread(target=runner.run, args=(stop,))
    thread.start()
    try:
        yield runner
    finally:
        stop.set()
        thread.join()


def differing(services: Services) -> list[str]:
    """Views that are not what their events make of them."""
    verdicts = verify(services.log, services.database, ALL)
    return [each.name for each in verdicts if not each.is_equal]
