"""The sentinel: looks at a case when an instant has come at which it may turn.

It claims rows of the watchlist and asks for notices; the case decides. Several
sentinels may work at once, and one may die anywhere: a notice has a stream of its
own, so the second sending finds it sent.
"""

from datetime import datetime
from typing import cast

from consumers.giving import give, sentinel_request
from domain.notice.commands import SendDeadlineNotices
from infra.database import Role
from infra.services import Services
from projections import standing, watchlist
from projections.view import View
from projections.watchlist import DueCase

BATCH = 100
# A view far behind still lists cases that have long been finished.
FAR_BEHIND = 500


class Sentinel:
    """``step`` does what is due; it needs the view ``watchlist`` to be kept."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._ready = False

    def step(self) -> bool:
        """Look at one batch of due cases; whether there were any."""
        self._ensure()
        now = self._services.clock()
        if self._is_far_behind():
            return False
        with self._services.database.transaction(Role.PROJECTOR) as cursor:
            due = watchlist.claim(cursor, now, BATCH)
            if due:
                self._look_at(due, now)
                watchlist.move_on(cursor, due)
        return bool(due)

    def _look_at(self, due: list[DueCase], now: datetime) -> None:
        give(
            self._services,
            [
                sentinel_request(
                    SendDeadlineNotices(case_id=each.case_id, now=now), _key(each)
                )
                for each in due
            ],
        )

    def _ensure(self) -> None:
        """The view's tables; the projector may not have made them yet."""
        if self._ready:
            return
        with self._services.database.transaction(Role.PROJECTOR) as cursor:
            standing.ensure(cursor, cast("View", watchlist))
        self._ready = True

    def _is_far_behind(self) -> bool:
        with self._services.database.transaction(Role.READER) as cursor:
            read = standing.read_standings(cursor)
        position = max(
            (s.position for s in read if s.name == watchlist.NAME), default=0
        )
        return self._services.log.last_position() - position > FAR_BEHIND


def _key(due: DueCase) -> str:
    """The same look has the same key; another event or instant makes another look."""
    return f"deadline|{due.case_id}|{due.position}|{due.next_at.isoformat()}"
