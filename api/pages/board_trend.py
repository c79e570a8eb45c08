"""The past days of a trend, kept for a while: they change seldom, and cost some."""

import time
from collections.abc import Sequence
from datetime import date, datetime
from threading import Lock

from domain.calendar.due import local_date
from projections.scope import Scope
from projections.trend import TrendDay, day_ends, trend
from projections.view import ReadCursor

PAST_DAYS = 30
KEEP_SECONDS = 10.0
MOST_SCOPES = 200


def past_days(cursor: ReadCursor, office: str, now: datetime) -> Sequence[TrendDay]:
    """The days before that of ``now``, each at its end."""
    yesterday = day_ends(now, 2)[0]
    return trend(cursor, Scope.of(office), yesterday, PAST_DAYS)


class KeptTrends:
    """``past_days`` by office, not read again within ``seconds``. Safe for threads."""

    def __init__(self, seconds: float = KEEP_SECONDS) -> None:
        self._seconds, self._lock = seconds, Lock()
        self._kept: dict[str, tuple[date, float, Sequence[TrendDay]]] = {}

    def past(
        self, cursor: ReadCursor, office: str, now: datetime
    ) -> Sequence[TrendDay]:
        today = local_date(now)
        with self._lock:
            kept = self._kept.get(office)
        if kept and kept[0] == today and time.monotonic() - kept[1] < self._seconds:
            return kept[2]
        days = past_days(cursor, office, now)
        with self._lock:
            if len(self._kept) >= MOST_SCOPES:
                self._kept.clear()
            self._kept[office] = (today, time.monotonic(), days)
        return days
