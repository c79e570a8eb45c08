"""Why a step cannot be taken now: the refusal that the domain would give."""

from api.pages.window_desk import HANDOVER, CaseAtDesk
from domain.case.facts import CaseFacts
from domain.case.guards import (
    require_live,
    require_organ,
    require_responsible,
    require_unfinished,
)
from domain.case.refusals import (
    CaseIsAccepted,
    CaseIsNotAccepted,
    CaseIsNotDecided,
    MaterialsAreMissing,
    OfficerIsNotOnPost,
)
from domain.case.state import Case, Stage
from domain.rejections import Rejection

BEFORE_ACCEPTANCE = frozenset(
    {"notice", "materials", "acceptance", "acceptance-refusal"}
)
OF_ORGANS = frozenset({"acceptance", "acceptance-refusal"})


def obstacle_to(step: str, desk: CaseAtDesk) -> Rejection | None:
    """None where nothing stands in the way: what is not offered then is done already.

    The domain's own guards, in its order; the form's content is not looked at.
    """
    try:
        _require_stage(step, desk.case)
        _require_officer(step, desk)
        if step in OF_ORGANS:
            require_organ(desk.case.office_code)
        if step == "acceptance":
            _require_materials(desk)
    except Rejection as refusal:
        return refusal
    return None


def _require_stage(step: str, case: Case) -> None:
    require_live(case)
    if step == "delivery":
        if case.stage not in (Stage.DECIDED, Stage.DELIVERED):
            raise CaseIsNotDecided(case=case.case_no, stage=case.stage)
        return
    if step == "decision" and case.stage is Stage.OPEN:
        raise CaseIsNotAccepted(case=case.case_no)
    require_unfinished(case)
    if step in BEFORE_ACCEPTANCE and case.stage is Stage.ACCEPTED:
        raise CaseIsAccepted(case=case.case_no)


def _require_officer(step: str, desk: CaseAtDesk) -> None:
    """R-226: a handover is also for the other holder of the post."""
    if step != HANDOVER:
        require_responsible(desk.case, desk.officer, CaseFacts(post=desk.post))
    elif not (desk.is_own or desk.post.is_held_by(desk.officer)):
        raise OfficerIsNotOnPost(post=desk.post.name)


def _require_materials(desk: CaseAtDesk) -> None:
    required = desk.item.required_codes if desk.item else frozenset()
    missing = sorted(required - desk.case.materials)
    if missing:
        raise MaterialsAreMissing(missing=",".join(missing))
