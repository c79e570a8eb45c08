"""What a case at an instant is in words: its tier, its dates, whose turn it is."""

from dataclasses import dataclass

from api.next_steps import missing_materials
from api.pages.formats import local_day
from api.pages.language import N_, _, in_figures
from api.pages.tiers import SHOWN, UNACCEPTED, TierShown, is_unaccepted
from api.pages.wording import STAGES
from domain.calendar.due import Due
from domain.case.state import Case, Stage
from domain.catalogue.state import ItemVersion
from infra.case_at import CaseAt

NO_POLICY = N_("未公布预警规则")
UNTIMED = N_("受理后计时")
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Turn:
    """``who`` is ``office``, ``applicant`` or ``nobody``; ``why`` says what for."""

    who: str
    word: str
    why: str


def item_shown(item_name: str | None, case_no: str) -> str:
    """What a case is about; a foreign log may not tell more than its number."""
    return item_name or _("源系统办件 {number}").format(number=case_no)


def tier_shown(found: CaseAt) -> TierShown:
    """Look and word of the tier; a finished case has its stage instead."""
    if is_unaccepted(found.tier, is_imported=found.case.is_imported):
        return TierShown("pending", _(UNACCEPTED))
    if found.tier is not None:
        return TierShown(SHOWN[found.tier].look, _(SHOWN[found.tier].word))
    if found.case.is_finished:
        return TierShown("finished", _(STAGES[found.case.stage]))
    return TierShown("pending", _(NO_POLICY))


def left_shown(found: CaseAt) -> str:
    """What is left of the limit; before the acceptance none runs yet (R-108)."""
    if is_unaccepted(found.tier, is_imported=found.case.is_imported):
        return _(UNTIMED)
    return in_figures(found.remaining)


def due_shown(due: Due | None) -> str:
    """The last day; 暂定 where a notice still to come may change it (R-612)."""
    if due is None:
        return NOTHING
    if due.on is None:
        return _("待定")
    day = local_day(due.on)
    return _("{day}（暂定）").format(day=day) if due.provisional else day


def turn_of(case: Case, item: ItemVersion | None) -> Turn:
    """Who has to do the next thing, as far as the log tells it."""
    if case.is_imported:
        if case.stage is Stage.SOURCE_ENDED:
            return _nobody(_("源系统已办结"))
        return Turn("nobody", _("源日志未记录"), "")
    match case.stage:
        case Stage.OPEN:
            return _turn_before_acceptance(case, item)
        case Stage.ACCEPTED:
            return _office(_("作出决定"))
        case Stage.DECIDED:
            return _office(_("送达结果"))
        case Stage.DELIVERED | Stage.ACCEPTANCE_REFUSED if case.rating is None:
            return Turn("applicant", _("申请人"), _("可以评价，不评价不影响结果"))
        case _:
            return _nobody(_("办件已结束"))


def _turn_before_acceptance(case: Case, item: ItemVersion | None) -> Turn:
    missing = len(missing_materials(case, item))
    if not missing:
        return _office(_("材料齐全，决定是否受理"))
    lacks = _("尚缺材料 {count} 项").format(count=missing)
    if not case.notified:
        return _office(_("一次性告知；{lacks}").format(lacks=lacks))
    return Turn("applicant", _("申请人"), lacks)


def _office(why: str) -> Turn:
    return Turn("office", _("窗口"), why)


def _nobody(why: str) -> Turn:
    return Turn("nobody", _("无"), why)
