"""Reads a board out of the views: the present one, or as of an instant."""

from collections.abc import Sequence
from datetime import date, datetime

from api.live_feed import TICKER_LINES
from api.pages.board_content import Board, Figure, TickerLine
from api.pages.board_figures import begun_figure, open_figures, work_figures
from api.pages.board_parts import below, post_rows, trend_shown
from api.pages.board_rows import Named, by_look, columns, ticker_line
from api.pages.board_trend import PAST_DAYS, past_days
from domain.calendar.due import local_date
from projections import officers, offices, performance, tracking
from projections.scope import Scope
from projections.standing import read_standings
from projections.trend import TrendDay
from projections.view import ReadCursor, Rows
from projections.warnings import OpenCase, warnings

MOST_OFFICES = 2000


def live_board(
    cursor: ReadCursor,
    office: str,
    now: datetime,
    past: Sequence[TrendDay] | None = None,
) -> Board:
    """The board of ``office`` and all below it at ``now``, the log's clock.

    ``past`` are the trend's days before that of ``now``; None: they are read.
    """
    scope = Scope.of(office)
    position = tracking_position(cursor)
    found = warnings(cursor, scope, now)
    named = names(cursor, scope, found)
    posts = performance.by_post(cursor, scope, local_date(now), PAST_DAYS)
    looks = by_look(found)
    days = past_days(cursor, office, now) if past is None else past
    return Board(
        office=office,
        office_name=named.offices.get(office, office),
        at=now,
        frozen=False,
        position=position,
        figures=open_figures(looks, office, None) + work_figures(cursor, office, now),
        columns=columns(looks, office, named, None),
        posts=post_rows(posts, named),
        below=below(found, office, named, None),
        trend=trend_shown(days, looks, now, frozen=False),
    )


def frozen_board(cursor: ReadCursor, office: str, at: datetime) -> Board:
    """The board as it would have been at ``at``: nothing later counts."""
    scope = Scope.of(office)
    found = warnings(cursor, scope, at)
    named, looks = names(cursor, scope, found), by_look(found)
    figures: list[Figure] = open_figures(looks, office, at)
    return Board(
        office=office,
        office_name=named.offices.get(office, office),
        at=at,
        frozen=True,
        position=0,
        figures=[*figures, begun_figure(cursor, scope, at)],
        columns=columns(looks, office, named, at),
        posts=(),
        below=below(found, office, named, at),
        trend=trend_shown(past_days(cursor, office, at), looks, at, frozen=True),
    )


def names(cursor: ReadCursor, scope: Scope, found: Sequence[OpenCase]) -> Named:
    """All offices of the scope, and those responsible for the cases ``found``."""
    listed = offices.page(cursor, scope, "", MOST_OFFICES)
    responsible = {case.responsible for case in found if case.responsible}
    return Named(
        offices={row["code"]: row["name"] for row in listed},
        officers=officers.names(cursor, list(responsible)),
    )


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
    named = offices.names(cursor, list({step["office_code"] for step in steps}))
    return [ticker_line(step, named, today) for step in steps]
