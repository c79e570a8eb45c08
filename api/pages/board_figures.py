"""The key figures of a board, each with what it is counted from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.pages.board_content import Figure
from api.pages.cases_address import cases_address
from api.pages.language import N_, _
from domain.calendar.due import local_date
from projections import performance
from projections.performance import By
from projections.scope import Scope
from projections.view import ReadCursor
from projections.warnings import OpenCase, Window, counts

DAY_SECONDS = 86_400
DASH = "—"
TIERS = (
    ("green", N_("正常")),
    ("yellow", N_("预警")),
    ("red", N_("超期")),
    ("pending", N_("时限待定")),
)
PENDING_NOTE = N_("未受理或到期日未定")


def open_figures(
    looks: Mapping[str, Sequence[OpenCase]], office: str, at: datetime | None
) -> list[Figure]:
    """All open cases and each tier; ``at`` None: the present."""
    number = sum(len(cases) for cases in looks.values())
    total = Figure(
        key="open",
        word=_("在办件"),
        value=str(number),
        unit=_("件"),
        note=_("全部未办结"),
        href=cases_address(office, at=at),
    )
    tiers = [
        Figure(
            key=look,
            word=_(word),
            value=str(len(looks[look])),
            unit=_("件"),
            note=_(PENDING_NOTE) if look == "pending" else _share(looks[look], number),
            tier=look,
            href=cases_address(office, tier=look, at=at),
        )
        for look, word in TIERS
    ]
    return [total, *tiers]


def begun_figure(cursor: ReadCursor, scope: Scope, at: datetime) -> Figure:
    begun = counts(cursor, scope, at, Window.CASE).started_by
    note = _("截至该时刻")
    return Figure(
        key="begun", word=_("累计收件"), value=str(begun), unit=_("件"), note=note
    )


def work_figures(cursor: ReadCursor, office: str, now: datetime) -> list[Figure]:
    """R-434, R-317; where there is no data it says so, never 0 or 100 %."""
    scope, today = Scope.of(office), local_date(now)
    number = performance.finished_on(cursor, scope, today)
    rows = performance.performance(cursor, scope, By.TOTAL)
    total: dict[str, Any] = rows[0] if rows else {}
    finished = Figure(
        key="finished_today",
        word=_("今日办结"),
        value=str(number),
        unit=_("件"),
        note=_("当日零时起"),
        href=cases_address(office, day=today),
    )
    return [finished, _average(total), _satisfaction(total)]


def _share(cases: Sequence[OpenCase], number: int) -> str:
    if not number:
        return ""
    return _("占在办 {percent}%").format(percent=round(100 * len(cases) / number))


def _average(total: Mapping[str, Any]) -> Figure:
    """In working days; a foreign log's cases in days of 24 hours, as it has them."""
    value, unit, taken = DASH, _("无数据"), total.get("averaged", 0)
    if total.get("average_workdays") is not None:
        value, unit = f"{total['average_workdays']:.1f}", _("工作日")
    elif total.get("average_seconds") is not None:
        value, unit = f"{total['average_seconds'] / DAY_SECONDS:.1f}", _("天")
        taken = total["finished"]
    return Figure(
        key="average",
        word=_("平均用时"),
        value=value,
        unit=unit,
        note=_("受理至办结 n={count}").format(count=taken),
        formula=_("办结件自受理至办结所用时间的平均值"),
    )


def _satisfaction(total: Mapping[str, Any]) -> Figure:
    rated, value, unit = total.get("rated", 0), DASH, _("无数据")
    if rated:
        rate = 100 * total["satisfied"] / rated
        value, unit = f"{rate:.1f}".removesuffix(".0"), "%"
    return Figure(
        key="satisfaction",
        word=_("群众满意度"),
        value=value,
        unit=unit,
        note=_("前三级÷有效评价 n={count}").format(count=rated),
        formula=_("（非常满意＋满意＋基本满意）÷ 有效评价"),
    )
