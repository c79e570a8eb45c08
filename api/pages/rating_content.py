"""What stands on the rating page: the case in plain words, and who may rate it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.next_steps import next_steps
from api.pages.language import N_
from api.pages.wording import LEVELS
from domain.case.state import Case, Stage
from domain.office import state as office_state
from domain.office.state import Office
from domain.rating.options import OPTIONS
from infra.event_log import EventLog
from infra.subjects import streams

TAIL = 8
STATUSES = {
    Stage.OPEN: N_("已收件，正在核对材料"),
    Stage.ACCEPTED: N_("已受理，正在办理"),
    Stage.DECIDED: N_("已办结"),
    Stage.DELIVERED: N_("已办结，结果已送达"),
    Stage.ACCEPTANCE_REFUSED: N_("不予受理，已告知理由"),
    Stage.WITHDRAWN: N_("申请已撤回"),
    Stage.SOURCE_ENDED: N_("已办结"),
}


class MayRate(StrEnum):
    """``EARLY``: not over yet; ``NEVER``: withdrawn, or a case of history."""

    YES = "yes"
    STAFF = "staff"
    RATED = "rated"
    EARLY = "early"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Level:
    value: str
    word: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingPage:
    """``number`` is the tail of the case's number: enough to know one's own by."""

    may: MayRate
    item: str
    office: str
    phone: str
    number: str
    status: str
    levels: Sequence[Level]


def rating_page(case: Case, log: EventLog, *, is_staff: bool) -> RatingPage:
    office = _office(case, log)
    return RatingPage(
        may=MayRate.STAFF if is_staff else _may(case),
        item=case.item_name or case.case_no,
        office=office.name or case.office_code,
        phone=office.phone,
        number=case.case_no[-TAIL:],
        status=STATUSES[case.stage],
        levels=[
            Level(level.value, LEVELS[level.value], options)
            for level, options in OPTIONS.items()
        ],
    )


def _may(case: Case) -> MayRate:
    if case.rating is not None:
        return MayRate.RATED
    if "rating" in next_steps(case, None):
        return MayRate.YES
    is_over = case.is_imported or case.is_finished
    return MayRate.NEVER if is_over else MayRate.EARLY


def _office(case: Case, log: EventLog) -> Office:
    stream = log.stream(streams.office_stream(case.office_code))
    return office_state.fold(recorded.event for recorded in stream)
