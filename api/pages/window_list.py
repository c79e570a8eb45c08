"""The clerk's own open cases, as rows: most urgent first, page by page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from api.pages.language import N_
from api.pages.names import NamesInLog
from api.pages.tiers import SHOWN, UNACCEPTED, TierShown, is_unaccepted
from api.pages.wording import STAGES
from domain.case.events import CaseNumberTaken
from domain.case.state import fold
from domain.case.tier import DeadlineTier
from infra.event_log import EventLog
from infra.subjects import streams
from projections.warnings import OpenCase, tier_counts

PAGE, TAIL = 20, 12
UNTIMED = N_("受理后计时")
NUMBER = re.compile(r"(?P<item>[0-9A-Za-z]{1,40})(?P<day>[0-9]{8})(?P<serial>[0-9]{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    case_id: UUID
    item: str
    number: str
    tail: str
    stage: str
    tier: TierShown
    left: str
    applicant: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """``unaccepted``: no limit runs for them yet (R-108)."""

    open: int
    red: int
    yellow: int
    unaccepted: int


def figures_of(found: list[OpenCase]) -> Figures:
    counted = tier_counts(found)
    return Figures(
        open=len(found),
        red=counted[DeadlineTier.RED] + counted[DeadlineTier.ILLEGAL],
        yellow=counted[DeadlineTier.YELLOW],
        unaccepted=counted[DeadlineTier.NONE],
    )


def rows_of(found: Sequence[OpenCase], log: EventLog) -> Sequence[Row]:
    """Rows of one page; applicant and step are read from the log itself."""
    read = log.streams([each.case_id for each in found])
    cases = {key: fold(r.event for r in events) for key, events in read.items()}
    names = NamesInLog(log, [case.applicant for case in cases.values()], [])
    return [
        Row(
            case_id=each.case_id,
            item=each.item_name or each.case_no,
            number=each.case_no,
            tail=each.case_no[-TAIL:],
            stage=STAGES[cases[each.case_id].stage],
            tier=_tier(each),
            left=UNTIMED if _is_unaccepted(each) else each.remaining,
            applicant=names.applicant(cases[each.case_id].applicant),
            since=read[each.case_id][0].effective_at,
        )
        for each in found
    ]


def case_of_number(log: EventLog, number: str) -> UUID | None:
    """The case with this whole number, by the log, so also one opened just now."""
    parts = NUMBER.fullmatch(number)
    if parts is None:
        return None
    try:
        day = date.fromisoformat(parts["day"]).isoformat()
    except ValueError:
        return None
    stream = log.stream(streams.case_number_stream(parts["item"], day))
    taken = [r.event for r in stream if isinstance(r.event, CaseNumberTaken)]
    return next((each.case_id for each in taken if each.case_no == number), None)


def _is_unaccepted(each: OpenCase) -> bool:
    return is_unaccepted(each.tier, is_imported=each.is_imported)


def _tier(each: OpenCase) -> TierShown:
    if _is_unaccepted(each):
        return TierShown("pending", UNACCEPTED)
    return SHOWN[each.tier]
