"""Watches where the views stand: woken by their notices, and looking by itself."""

import time
from contextlib import suppress

import psycopg

from api.live import Standing
from infra.database import Role
from infra.services import Services
from projections.runner import VIEWS_CHANNEL
from projections.standing import read_standings

TRACKING = "tracking"
PATIENCE_SECONDS = 10.0
STOPPED = "统计视图已停止更新"
BEHIND = "统计视图落后于办件记录"


class ViewWatch:
    """Raises ``psycopg.OperationalError`` when the database is lost, and comes back.

    Views are behind when they lack what the log held ``patience`` seconds ago.
    """

    def __init__(self, services: Services, patience: float = PATIENCE_SECONDS) -> None:
        self._services, self._patience = services, patience
        self._listener: psycopg.Connection | None = None
        self._head, self._head_at = 0, float("-inf")

    def wait(self, seconds: float) -> None:
        """Return when a view has moved, or after ``seconds``."""
        try:
            for _ in self._listening().notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.OperationalError:
            self.close()
            raise

    def standing(self) -> Standing:
        database = self._services.database
        with database.transaction(Role.READER) as cursor:
            views = read_standings(cursor)
        marks = tuple(view.position for view in views)
        stopped = any(view.status == "stopped" for view in views)
        behind = self._is_behind(min(marks, default=0))
        return Standing(
            tracking=next((v.position for v in views if v.name == TRACKING), 0),
            marks=marks,
            at=self._services.clock().isoformat(),
            problem=STOPPED if stopped else BEHIND if behind else None,
        )

    def close(self) -> None:
        if self._listener is not None:
            with suppress(psycopg.Error):
                self._listener.close()
            self._listener = None

    def _listening(self) -> psycopg.Connection:
        if self._listener is None:
            conninfo = self._services.database.conninfo
            self._listener = psycopg.connect(conninfo, autocommit=True)
            self._listener.execute(f"LISTEN {VIEWS_CHANNEL}")
        return self._listener

    def _is_behind(self, reached: int) -> bool:
        now = time.monotonic()
        if reached >= self._head:
            self._head, self._head_at = self._services.log.last_position(), now
        return reached < self._head and now - self._head_at > self._patience
