"""Where the hub of the live boards reads: the views, through one reader each time."""

from dataclasses import asdict
from functools import cache
from hashlib import sha256
from typing import Any

from api.live import Standing
from api.live_feed import TICKER_LINES, Step
from api.pages.board_reading import live_board, ticker_lines
from api.pages.board_trend import KeptTrends
from api.pages.language import CHINESE, LANGUAGES, speaking
from api.pages.rendering import HERE, asset
from api.pages.view_watch import ViewWatch
from domain.calendar.due import local_date
from infra.database import Role
from infra.services import Services
from projections import tracking
from projections.scope import Scope
from projections.view import ReadCursor, Rows

TEMPLATE = HERE / "templates" / "board.html"
ASSETS = (
    "tokens.css",
    "board.css",
    "board.js",
    "board-chart.js",
    "board-columns.js",
    "board-keys.js",
)


@cache
def board_version() -> str:
    """What the page is made of; one that was made of something else reloads itself."""
    parts = [TEMPLATE.read_text(encoding="utf-8"), *(asset(name) for name in ASSETS)]
    return sha256("".join(parts).encode()).hexdigest()[:12]


def scope_key(office: str, language: str) -> str:
    """What the hub calls one audience: those who hear the same words."""
    return f"{office}|{language if language in LANGUAGES else CHINESE}"


class BoardSource:
    """Scopes are those of ``scope_key``."""

    def __init__(self, services: Services, trends: KeptTrends | None = None) -> None:
        self._services, self._trends = services, trends or KeptTrends()
        self._watch = ViewWatch(services)

    def wait(self, seconds: float) -> None:
        self._watch.wait(seconds)

    def standing(self) -> Standing:
        return self._watch.standing()

    def steps(self, scope: str, after: int, upto: int, limit: int) -> list[Step]:
        office, _, language = scope.partition("|")
        with (
            speaking(language),
            self._services.database.transaction(Role.READER) as cursor,
        ):
            rows = tracking.ticker(cursor, Scope.of(office), after, limit)
            return self._steps(cursor, [r for r in rows if r["position"] <= upto])

    def recent(self, scope: str, upto: int) -> list[Step]:
        office, _, language = scope.partition("|")
        with (
            speaking(language),
            self._services.database.transaction(Role.READER) as cursor,
        ):
            rows = tracking.latest(cursor, Scope.of(office), TICKER_LINES)
            known = [row for row in rows if row["position"] <= upto]
            return self._steps(cursor, sorted(known, key=lambda row: row["position"]))

    def board(self, scope: str) -> dict[str, Any]:
        office, _, language = scope.partition("|")
        now = self._services.clock()
        with (
            speaking(language),
            self._services.database.transaction(Role.READER) as cursor,
        ):
            past = self._trends.past(cursor, office, now)
            told = live_board(cursor, office, now, past).as_json()
        return told | {"version": board_version()}

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
