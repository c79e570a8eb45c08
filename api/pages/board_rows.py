"""The rows of a board: which column a case stands in, and what its row says."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from api.pages.board_content import Column, Row, TickerLine
from api.pages.case_content import item_shown
from api.pages.formats import short_instant
from api.pages.tiers import ILLEGAL, SHOWN, UNACCEPTED, is_unaccepted
from api.pages.wording import STAGES, WORDS
from projections.warnings import OpenCase

MOST_ROWS = 300
NUMBER_TAIL = 12
# Every open case stands in one of the four, also if nobody knows its limit.
COLUMNS = (
    ("red", "超期", "已超过时限", "没有超期的办件"),
    ("yellow", "预警", "临近时限", "没有预警的办件"),
    ("green", "正常在办", "时限内", "没有正常在办的办件"),
    ("pending", "时限待定", "未受理、无时限或日历未公布", "没有时限待定的办件"),
)
KINDS = ("民生服务中心", "民生服务代办点", "政务服务中心", "便民服务中心")


def columns(
    found: Sequence[OpenCase],
    offices: Mapping[str, str],
    officers: Mapping[UUID, str],
    *,
    frozen: bool,
) -> list[Column]:
    """``found`` by tier, in the order they came: the most urgent first."""
    of_look: dict[str, list[OpenCase]] = {look: [] for look, *_ in COLUMNS}
    for case in found:
        of_look[SHOWN[case.tier].look].append(case)
    return [
        Column(
            tier=look,
            word=word,
            note=note,
            empty=empty,
            count=len(of_look[look]),
            rows=[
                _row(case, offices, officers, frozen=frozen)
                for case in of_look[look][:MOST_ROWS]
            ],
        )
        for look, word, note, empty in COLUMNS
    ]


def ticker_line(
    step: Mapping[str, Any], offices: Mapping[str, str], today: date
) -> TickerLine:
    """A row of the tracking view in words; the date is told unless it is today."""
    wording = WORDS[step["name"]]
    item, number = step["item_name"], step["case_no"][-NUMBER_TAIL:]
    happened = step["activity"] or wording.happened
    # The number last: where the line is too long, it is what can be spared.
    what = f"{item} {happened}（{number}）" if item else f"{number} {happened}"
    return TickerLine(
        position=step["position"],
        time=short_instant(step["effective_at"], today),
        text=f"{short_name(step['office_code'], offices)} · {what}",
        kind=wording.kind,
        href=f"/cases/{step['case_id']}",
    )


def short_name(code: str, offices: Mapping[str, str]) -> str:
    """An office by its place alone: on a wall every character counts."""
    name = offices.get(code, code)
    kind = next((kind for kind in KINDS if name.endswith(kind)), "")
    return name.removesuffix(kind) or name


def _row(
    case: OpenCase,
    offices: Mapping[str, str],
    officers: Mapping[UUID, str],
    *,
    frozen: bool,
) -> Row:
    return Row(
        href=f"/cases/{case.case_id}",
        item=item_shown(case.item_name, case.case_no),
        place=_place(case, offices, officers, frozen=frozen),
        left=_left(case),
        used=case.used_percent,
    )


def _left(case: OpenCase) -> str:
    """The tier's own word where it says more than the column's does."""
    if is_unaccepted(case.tier, is_imported=case.is_imported):
        return UNACCEPTED
    word = SHOWN[case.tier].word
    return f"{case.remaining} · {word}" if word == ILLEGAL else case.remaining


def _place(
    case: OpenCase,
    offices: Mapping[str, str],
    officers: Mapping[UUID, str],
    *,
    frozen: bool,
) -> str:
    """Step and officer are those of today, so a board as of then leaves them out."""
    office = short_name(case.office_code, offices)
    if frozen:
        has_number = not case.item_name  # it stands in the place of the item
        return office if has_number else f"{office} · {case.case_no[-NUMBER_TAIL:]}"
    officer = officers.get(case.responsible) if case.responsible else None
    return f"〔{STAGES[case.stage]}〕{office}" + (f" · {officer}" if officer else "")
