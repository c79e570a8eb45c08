"""What the tests let other sentinels do; started by name in processes of their own."""

from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID

from consumers.giving import sentinel_request
from domain.notice.commands import SendDeadlineNotices
from infra.services import open_services
from infra.settings import Settings

WAIT = 60


def look_at_once(
    barrier: Barrier, url: str, home: Path, name: str, cases: list[UUID]
) -> int:
    """Ask for the notices of all cases with the others; how many were sent."""
    with open_services(Settings(home=home), url) as services:
        now, sent = services.clock(), 0
        barrier.wait(WAIT)
        for case_id in cases:
            command = SendDeadlineNotices(case_id=case_id, now=now)
            request = sentinel_request(command, f"{name}-{case_id}")
            (outcome,) = services.desk.execute_all([request])
            sent += len(outcome.positions)
    return sent
