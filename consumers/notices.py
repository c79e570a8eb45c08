"""Notices to offices: of near and past limits by the clock, of ratings by the log."""

import threading
from collections.abc import Sequence

import psycopg
import structlog
from eventsourcing.persistence import PersistenceError

from consumers.feed import Feed, LogFeed, Positions
from consumers.giving import give, may_pass, sentinel_request
from consumers.sentinel import Sentinel
from domain.case.commands import NEGATIVE
from domain.case.events import CaseRated
from domain.notice.commands import SendRatingNotices
from infra.envelope import Recorded
from infra.outcome import StreamKeepsMoving
from infra.services import Services

NAME = "rating_notices"
BATCH = 500
# The log's clock may leap without a word, so the longest wait is short.
POLL_SECONDS, REST_SECONDS, RETRY_SECONDS = 0.25, 0.05, 0.5
log = structlog.get_logger(__name__)


class RatingNotices:
    """Reads the feed and tells those concerned of every negative rating, once."""

    def __init__(self, services: Services, feed: Feed) -> None:
        self._services, self._feed = services, feed
        self._positions = Positions(services.database)
        self._position: int | None = None
        self._saved = 0

    def step(self) -> bool:
        """Read one batch; whether there was anything to read."""
        if self._position is None:
            self._position = self._saved = self._positions.reached(NAME)
        events = self._feed.read(self._position, BATCH)
        if not events:
            return False
        told = [each for each in events if _is_negative(each)]
        self._tell(told)
        self._position = events[-1].position
        if told or self._position - self._saved >= BATCH:
            self._positions.save(NAME, self._position)
            self._saved = self._position
        return True

    def _tell(self, ratings: Sequence[Recorded]) -> None:
        if not ratings:
            return
        now = self._services.clock()
        requests = []
        for each in ratings:
            command = SendRatingNotices(case_id=each.originator_id, now=now)
            key = f"rating|{each.originator_id}|{each.originator_version}"
            requests.append(sentinel_request(command, key))
        give(self._services, requests)


def run(services: Services, stop: threading.Event) -> None:
    """Send notices until ``stop``; a lost database is waited for."""
    feed = LogFeed(services.log, services.database.conninfo)
    try:
        while not stop.is_set():
            try:
                follow(services, feed, stop)
            except (psycopg.Error, PersistenceError, StreamKeepsMoving) as lost:
                if not may_pass(lost):
                    raise
                log.warning("notices_interrupted", error=type(lost).__name__)
                stop.wait(RETRY_SECONDS)
    finally:
        feed.close()


def follow(services: Services, feed: Feed, stop: threading.Event) -> None:
    """Look whenever the feed or the clock may have brought something."""
    ratings, sentinel = RatingNotices(services, feed), Sentinel(services)
    while not stop.is_set():
        moved = [ratings.step(), sentinel.step()]
        if not any(moved):
            feed.wait(POLL_SECONDS)
        stop.wait(REST_SECONDS)


def catch_up(services: Services, feed: Feed) -> None:
    """Send all that is due now; the views must have been kept up."""
    ratings, sentinel = RatingNotices(services, feed), Sentinel(services)
    while any([ratings.step(), sentinel.step()]):
        pass


def _is_negative(recorded: Recorded) -> bool:
    event = recorded.event
    return isinstance(event, CaseRated) and event.level in NEGATIVE
