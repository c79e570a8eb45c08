"""Reads a board out of the views: the present one, or as of an instant."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from api.live_feed import TICKER_LINES
from api.pages.board_content import NO_DATA, Board, Figure, TickerLine
from api.pages.board_rows import columns, ticker_line
from api.pages.tiers import SHOWN
from domain.calendar.due import local_date
from projections import officers, offices, performance, tracking
from projections.performance import By
from projections.scope import Scope
from projections.standing import read_standings
from projections.view import ReadCursor, Rows
from projections.warnings import OpenCase, Window, counts, warnings

DAY_SECONDS = 86_400


def live_board(cursor: ReadCursor, office: str, now: datetime) -> Board:
    """The board of ``office`` and all below it at ``now``, the log's clock."""
    scope = Scope.of(office)
    position = tracking_position(cursor)
    found = warnings(cursor, scope, now)
    figures = [*_open_figures(found), *_work_figures(cursor, scope, now)]
    return _board(cursor, office, now, found, figures, position)


def frozen_board(cursor: ReadCursor, office: str, at: datetime) -> Board:
    """The board as it would have been at ``at``: nothing later counts."""
    scope = Scope.of(office)
    found = warnings(cursor, scope, at)
    begun = counts(cursor, scope, at, Window.CASE).started_by
    total = Figure(key="begun", word="累计收件", value=str(begun), unit="件")
    pending = _tier_figure(found, "pending", "时限待定")
    figures = [*_open_figures(found), pending, total]
    return _board(cursor, office, at, found, figures, None)


def tracking_position(cursor: ReadCursor) -> int:
    """How far the steps have come; read before them, they are there up to it."""
    standings = read_standings(cursor)
    return next((s.position for s in standings if s.name == tracking.NAME), 0)


def ticker(cursor: ReadCursor, board: Board) -> list[TickerLine]:
    """The latest steps that belong on ``board``, newest first."""
    until = board.at if board.frozen else None
    scope = Scope.of(board.office)
    steps = tracking.latest(cursor, scope, TICKER_LINES, until=until)
    return ticker_lines(cursor, steps, local_date(board.at))


def ticker_lines(cursor: ReadCursor, steps: Rows, today: date) -> list[TickerLine]:
    names = offices.names(cursor, list({step["office_code"] for step in steps}))
    return [ticker_line(step, names, today) for step in steps]


def _board(  # noqa: PLR0913, PLR0917  what a board is made of
    cursor: ReadCursor,
    office: str,
    at: datetime,
    found: Sequence[OpenCase],
    figures: Sequence[Figure],
    position: int | None,
) -> Board:
    """``position`` None: the past."""
    codes = {office, *(case.office_code for case in found)}
    named = offices.names(cursor, list(codes))
    responsible = {case.responsible for case in found if case.responsible}
    people = officers.names(cursor, list(responsible))
    return Board(
        office=office,
        office_name=named.get(office, office),
        at=at,
        frozen=position is None,
        position=position or 0,
        figures=figures,
        columns=columns(found, named, people, frozen=position is None),
    )


def _open_figures(found: Sequence[OpenCase]) -> list[Figure]:
    total = Figure(key="open", word="在办件", value=str(len(found)), unit="件")
    tiers = (("green", "正常"), ("yellow", "预警"), ("red", "超期"))
    return [total, *(_tier_figure(found, look, word) for look, word in tiers)]


def _tier_figure(found: Sequence[OpenCase], look: str, word: str) -> Figure:
    number = sum(SHOWN[case.tier].look == look for case in found)
    return Figure(key=look, word=word, value=str(number), unit="件", tier=look)


def _work_figures(cursor: ReadCursor, scope: Scope, now: datetime) -> list[Figure]:
    """R-434, R-317; where there is no data it says so, never 0 or 100 %."""
    today = performance.finished_on(cursor, scope, local_date(now))
    rows = performance.performance(cursor, scope, By.TOTAL)
    total: dict[str, Any] = rows[0] if rows else {}
    average, unit = _average(total)
    rate = _satisfaction(total)
    return [
        Figure(key="finished_today", word="今日办结", value=str(today), unit="件"),
        Figure(key="average", word="平均用时", value=average, unit=unit),
        Figure(
            key="satisfaction",
            word="群众满意度",
            value=rate or NO_DATA,
            unit="%" if rate else "",
        ),
    ]


def _average(total: dict[str, Any]) -> tuple[str, str]:
    """In working days; a foreign log's cases in days of 24 hours, as it has them."""
    if total.get("average_workdays") is not None:
        return f"{total['average_workdays']:.1f}", "工作日"
    if total.get("average_seconds") is not None:
        return f"{total['average_seconds'] / DAY_SECONDS:.1f}", "天"
    return NO_DATA, ""


def _satisfaction(total: dict[str, Any]) -> str | None:
    if not total.get("rated"):
        return None
    rate = 100 * total["satisfied"] / total["rated"]
    return f"{rate:.1f}".removesuffix(".0")
