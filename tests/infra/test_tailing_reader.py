"""Eight writers in three processes and a reader at their heels (design 3)."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog

from infra.event_log import EventLog
from infra.services import Services
from tests.infra.busy_writers import write
from tests.infra.other_process import together

log = structlog.get_logger(__name__)

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
SEEDS = (range(3), range(3, 6), range(6, 8))


@dataclass
class Reader:
    """Follows the log by position and counts what must never happen."""

    log: EventLog
    seen: int = 0
    last: int = 0
    holes: int = 0
    backwards: int = 0
    latest: datetime = BEGINNING

    def read_on(self) -> bool:
        """Read what there is after the last position seen; whether there was any."""
        found = self.log.after(self.last, 500)
        for recorded in found:
            assert recorded.recorded_at is not None
            self.holes += recorded.position != self.last + 1
            self.backwards += recorded.recorded_at < self.latest
            self.last, self.latest = recorded.position, recorded.recorded_at
            self.seen += 1
        return bool(found)

    def follow(self, writing: "Future[list[Any]]") -> None:
        while not writing.done():
            if not self.read_on():
                self.log.wait_beyond(self.last, 0.1)
        while self.read_on():
            pass


@pytest.mark.parametrize(
    "seconds",
    [8, pytest.param(600, marks=[pytest.mark.soak, pytest.mark.timeout(900)])],
)
def test_nothing_is_skipped_there_is_no_hole_and_time_runs_forward(
    ordinary: Services, seconds: float
) -> None:
    mine = (ordinary.database.conninfo, ordinary.settings.home)
    reader = Reader(ordinary.log)
    with ThreadPoolExecutor(1) as pool:
        work = [(*mine, seeds, seconds) for seeds in SEEDS]
        writing = pool.submit(together, write, work)
        reader.follow(writing)
    written = sum(appended for appended, _ in writing.result())
    conflicts = sum(conflicts for _, conflicts in writing.result())
    skipped = ordinary.log.last_position() - reader.seen
    assert (reader.holes, reader.backwards, skipped) == (0, 0, 0)
    assert reader.seen == reader.last == written + 1
    assert conflicts > 0
    log.info("tailed", events=reader.seen, seconds=seconds, conflicts=conflicts)
