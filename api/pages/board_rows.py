"""The rows of a board: which column a case stands in, and what its row says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from api.pages.board_content import Column, Row, TickerLine
from api.pages.case_content import item_shown
from api.pages.cases_address import cases_address
from api.pages.formats import short_instant
from api.pages.language import N_, _, in_figures
from api.pages.tiers import ILLEGAL, SHOWN, UNACCEPTED, is_unaccepted
from api.pages.wording import STAGES, wording_named
from projections.warnings import OpenCase

# A wall turns to a tenth page after a minute and a half; the list has them all.
MOST_ROWS = 100
NUMBER_TAIL = 12
# Cases whose limit nobody knows yet have no column: their figure leads to them.
COLUMNS = (
    ("red", N_("超期"), N_("已超过时限"), N_("没有超期的办件")),
    ("yellow", N_("预警"), N_("临近时限"), N_("没有预警的办件")),
    ("green", N_("正常在办"), N_("时限内"), N_("没有正常在办的办件")),
)
KINDS = ("民生服务中心", "民生服务代办点", "政务服务中心", "便民服务中心")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Names of the offices and officers on a board, by code and id."""

    offices: Mapping[str, str]
    officers: Mapping[UUID, str]

    def place(self, code: str) -> str:
        """An office by its place alone: on a wall every character counts."""
        return short_name(self.offices.get(code, code))


def by_look(found: Sequence[OpenCase]) -> dict[str, list[OpenCase]]:
    """``found`` by colour, in the order they came: the most urgent first."""
    looks = ("red", "yellow", "green", "pending")
    sorted_out: dict[str, list[OpenCase]] = {look: [] for look in looks}
    for case in found:
        sorted_out[SHOWN[case.tier].look].append(case)
    return sorted_out


def columns(
    looks: Mapping[str, Sequence[OpenCase]],
    office: str,
    named: Named,
    at: datetime | None,
) -> list[Column]:
    """``at`` None: the present."""
    return [
        Column(
            tier=look,
            word=_(word),
            note=_(note),
            empty=_(empty),
            href=cases_address(office, tier=look, at=at),
            count=len(looks[look]),
            rows=[case_row(case, named) for case in looks[look][:MOST_ROWS]],
        )
        for look, word, note, empty in COLUMNS
    ]


def ticker_line(
    step: Mapping[str, Any], offices: Mapping[str, str], today: date
) -> TickerLine:
    """A row of the tracking view in words; the date is told unless it is today."""
    wording = wording_named(step["name"])
    item, number = step["item_name"], step["case_no"][-NUMBER_TAIL:]
    happened = step["activity"] or _(wording.happened)
    # The number last: where the line is too long, it is what can be spared.
    what = f"{item} {happened}（{number}）" if item else f"{number} {happened}"
    office = short_name(offices.get(step["office_code"], step["office_code"]))
    return TickerLine(
        position=step["position"],
        time=short_instant(step["effective_at"], today),
        text=f"{office} · {what}",
        kind=wording.kind,
        href=f"/cases/{step['case_id']}",
    )


def short_name(name: str) -> str:
    kind = next((kind for kind in KINDS if name.endswith(kind)), "")
    return name.removesuffix(kind) or name


def case_row(case: OpenCase, named: Named) -> Row:
    is_new = is_unaccepted(case.tier, is_imported=case.is_imported)
    is_illegal = SHOWN[case.tier].word == ILLEGAL
    return Row(
        case_id=str(case.case_id),
        item=item_shown(case.item_name, case.case_no),
        place=_place(case, named),
        left=_(UNACCEPTED) if is_new else in_figures(case.remaining),
        used=case.used_percent,
        mark=_(ILLEGAL) if is_illegal else "",
    )


def _place(case: OpenCase, named: Named) -> str:
    officer = named.officers.get(case.responsible) if case.responsible else None
    told = [named.place(case.office_code), *([officer] if officer else [])]
    return f"〔{_(STAGES[case.stage])}〕" + " · ".join(told)
