"""How long it takes from an append until a reader finds it in a view."""

import threading
import time
from datetime import UTC, datetime
from uuid import UUID, uuid4

from domain.authority import Role as Acting
from domain.case.events import SourceCaseRecorded, SourceStepRecorded
from infra.appending import Append
from infra.database import Role
from infra.envelope import Meta, Recorded
from infra.services import Services
from projections.all_views import ALL
from projections.arrivals import arrivals_of
from projections.runner import Runner, wait_for
from projections.tracking import NAME

STEPS = 5
SEEN = "SELECT max(position) AS position FROM views.tracking_v1"


def latencies(services: Services, per_second: int, seconds: int) -> list[float]:
    """Of each append, in seconds since it returned, ``per_second`` at even times.

    Writer, projector of all views and reader share this process.
    """
    stop, appended = threading.Event(), dict[int, float]()
    runner = Runner(services.log, services.database, ALL)
    projector = threading.Thread(target=runner.run, args=(stop,))
    projector.start()
    try:
        last = services.log.last_position()
        if not wait_for(services.database, last, [NAME], 600):
            raise TimeoutError
        seen: dict[int, float] = {}
        reader = threading.Thread(target=_read, args=(services, seen, stop))
        reader.start()
        _write(services, per_second, seconds, appended)
        wait_for(services.database, max(appended), [NAME], 30)
        time.sleep(0.5)
    finally:
        stop.set()
        projector.join()
    reader.join()
    return _waited(appended, seen)


def _write(
    services: Services, per_second: int, seconds: int, appended: dict[int, float]
) -> None:
    begins = time.monotonic()
    for n in range(per_second * seconds):
        time.sleep(max(0.0, begins + n / per_second - time.monotonic()))
        stored = services.log.mapper.to_stored_event(_event(n))
        done = services.log.log_recorder.append(Append(events=[stored]))
        appended[done.last] = time.monotonic()


def _read(services: Services, seen: dict[int, float], stop: threading.Event) -> None:
    """Whoever is woken looks, and notes when he had the answer."""
    arrivals = arrivals_of(services.database)
    while not stop.is_set():
        count = arrivals.count
        with services.database.transaction(Role.READER) as cursor:
            row = cursor.execute(SEEN).fetchone()
        seen.setdefault(int(row["position"]) if row else 0, time.monotonic())
        arrivals.wait(count, 0.5)


def _waited(appended: dict[int, float], seen: dict[int, float]) -> list[float]:
    waited = []
    arrived = sorted(seen.items())
    for position, at in sorted(appended.items()):
        while arrived and arrived[0][0] < position:
            arrived.pop(0)
        waited.append(max(0.0, arrived[0][1] - at) if arrived else float("inf"))
    return waited


CASES = [uuid4() for _ in range(10_000)]


def _event(n: int) -> Recorded:
    case, version = CASES[n // STEPS], n % STEPS + 1
    at = datetime.now(UTC)
    fact: object = _opened(case, at) if version == 1 else _step(version)
    meta = Meta(
        command_id=UUID(int=n),
        correlation_id="bench",
        actor="bench",
        role=Acting.CLERK,
        effective_at=at,
    )
    return Recorded(case, version, fact, meta)


def _opened(case: UUID, at: datetime) -> SourceCaseRecorded:
    return SourceCaseRecorded(
        case_id=case,
        source_case=str(case),
        source_log="bench",
        office_code="640323000000",
        item_name=None,
        channel=None,
        opened_at=at,
        deadline_at=None,
        attributes=(),
    )


def _step(version: int) -> SourceStepRecorded:
    return SourceStepRecorded(
        activity=f"step {version}",
        transition=None,
        step=None,
        kind=None,
        officer=UUID(int=version),
        group=None,
    )
