"""The panels beside a board's columns: windows, offices below, and the trend."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from api.pages.board_content import Below, PostRow, TrendShown
from api.pages.board_figures import DASH
from api.pages.board_rows import Named
from api.pages.cases_address import board_address, cases_address
from api.pages.language import _
from api.pages.tiers import SHOWN
from domain.calendar.due import SHANGHAI
from domain.office.codes import LENGTH, DivisionCode, Tier
from projections.trend import TrendDay
from projections.view import Rows
from projections.warnings import OpenCase

MOST_POSTS = 60
# From the digits of a scope to those of the offices right below it.
NEXT_LENGTH = {Tier.COUNTY: 9, Tier.TOWNSHIP: 12, Tier.VILLAGE: 12}


def post_rows(posts: Rows, named: Named) -> list[PostRow]:
    """A row a window. The office is told where there are several."""
    busiest = max((post["finished"] for post in posts), default=0) or 1
    is_one = len({post["office_code"] for post in posts}) == 1
    return [
        PostRow(
            href=cases_address(post["office_code"], post=post["post_id"]),
            name=post["name"] if is_one else _full_name(post, named),
            today=post["finished_today"],
            finished=post["finished"],
            share=round(100 * post["finished"] / busiest),
            average=_number(post["average_workdays"]),
            on_time=_percent(post["on_time"], post["judged_on_time"]),
            told=_("平均用时按 {averaged} 件计，按时率按 {judged} 件计").format(
                averaged=post["averaged"], judged=post["judged_on_time"]
            ),
        )
        for post in posts[:MOST_POSTS]
    ]


def below(
    found: Sequence[OpenCase], office: str, named: Named, at: datetime | None
) -> list[Below]:
    """The offices right below ``office``, with all that is below them."""
    length = NEXT_LENGTH[DivisionCode(office).tier]
    counted: Counter[tuple[str, str]] = Counter(
        (case.office_code[:length].ljust(LENGTH, "0"), SHOWN[case.tier].look)
        for case in found
    )
    return [
        Below(
            href=board_address(code, at),
            name=named.place(code),
            red=counted[code, "red"],
            yellow=counted[code, "yellow"],
        )
        for code in children(office, named.offices)
    ]


def children(office: str, offices: Mapping[str, str]) -> list[str]:
    parent = DivisionCode(office)
    return sorted(code for code in offices if DivisionCode(code).parent == parent)


def trend_shown(
    past: Sequence[TrendDay],
    looks: Mapping[str, Sequence[OpenCase]],
    at: datetime,
    *,
    frozen: bool,
) -> TrendShown:
    """``past`` days at their end, and ``looks`` at the board's own instant."""
    last = f"{at.astimezone(SHANGHAI):%m-%d %H:%M}" if frozen else _("现在")
    return TrendShown(
        days=[*(f"{day.on:%m-%d}" for day in past), last],
        green=[*(day.green for day in past), len(looks["green"])],
        yellow=[*(day.yellow for day in past), len(looks["yellow"])],
        red=[*(day.red for day in past), len(looks["red"])],
    )


def _full_name(post: Mapping[str, str], named: Named) -> str:
    return f"{named.place(post['office_code'])} · {post['name']}"


def _number(average: float | None) -> str:
    return DASH if average is None else f"{average:.1f}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else DASH
