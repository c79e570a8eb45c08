"""Where the hub of the live boards reads: the views, through one reader each time."""

from dataclasses import asdict
from typing import Any

from api.live import Standing
from api.live_feed import TICKER_LINES, Step
from api.pages.board_reading import live_board, ticker_lines
from api.pages.view_watch import ViewWatch
from domain.calendar.due import local_date
from infra.database import Role
from infra.services import Services
from projections import tracking
from projections.scope import Scope
from projections.view import ReadCursor, Rows


class BoardSource:
    """A scope is named by its office's code."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._watch = ViewWatch(services)

    def wait(self, seconds: float) -> None:
        self._watch.wait(seconds)

    def standing(self) -> Standing:
        return self._watch.standing()

    def steps(self, scope: str, after: int, upto: int, limit: int) -> list[Step]:
        with self._services.database.transaction(Role.READER) as cursor:
            rows = tracking.ticker(cursor, Scope.of(scope), after, limit)
            return self._steps(cursor, [r for r in rows if r["position"] <= upto])

    def recent(self, scope: str, upto: int) -> list[Step]:
        with self._services.database.transaction(Role.READER) as cursor:
            rows = tracking.latest(cursor, Scope.of(scope), TICKER_LINES)
            known = [row for row in rows if row["position"] <= upto]
            return self._steps(cursor, sorted(known, key=lambda row: row["position"]))

    def board(self, scope: str) -> dict[str, Any]:
        now = self._services.clock()
        with self._services.database.transaction(Role.READER) as cursor:
            return live_board(cursor, scope, now).as_json()

    def close(self) -> None:
        self._watch.close()

    def _steps(self, cursor: ReadCursor, rows: Rows) -> list[Step]:
        if not rows:
            return []
        today = local_date(self._services.clock())
        return [
            Step(position=line.position, shown=asdict(line))
            for line in ticker_lines(cursor, rows, today)
        ]
