"""What the API offers as next is what the rules allow, no more and no less."""

from dataclasses import replace
from typing import Any

import pytest

from api.next_steps import missing_materials, next_steps
from domain.case import commands as c
from domain.case.decisions import decide
from domain.case.events import CaseEvent, CaseRated, OneTimeNoticeGiven
from domain.case.state import Case, fold
from domain.rejections import Rejection
from tests import examples as x

told_once = OneTimeNoticeGiven(item_version=1, materials=("M1",), missing=())
rated = CaseRated(level="satisfied", channel="phone")
ways: dict[str, tuple[CaseEvent, ...]] = {
    "at hand": x.at_hand,
    "told once": (*x.at_hand, told_once),
    "complete": x.complete,
    "running": x.running,
    "decided": x.done,
    "delivered": (*x.done, x.delivered),
    "rated": (*x.done, rated),
    "withdrawn": (*x.running, x.withdrawn),
    "refused at intake": (*x.at_hand, x.refused_at_intake),
    "imported": (x.source_case,),
}
id_: dict[str, Any] = {"case_id": x.CASE, "now": x.NOON}
by: dict[str, Any] = {**id_, "by": x.ANNA}
paper: dict[str, Any] = {"document_no": "受〔2026〕9号", "seal": "S-1"}
COMMANDS: dict[str, c.CaseCommand] = {
    "notice": c.GiveOneTimeNotice(**by, materials=None),
    "materials": c.ReceiveMaterials(**by, materials=("M3",)),
    "acceptance": replace(x.accept, document_no="受〔2026〕9号"),
    "acceptance-refusal": c.RefuseAcceptance(
        **by,
        **paper,
        kind=c.RefusalKind.NOT_COMPETENT,
        reason="由民政局办理",
        competent_organ="民政局",
    ),
    "handovers": c.HandOverCase(**by, to=x.BO, reason="培训"),
    "transfers": c.TransferCase(
        **by,
        to_post=x.OTHER_WINDOW,
        reason="转办",
    ),
    "decision": replace(x.grant, outcome=c.Outcome.GRANTED),
    "delivery": c.DeliverResult(**by, mode=c.DeliveryMode.POST),
    "rating": c.RateCase(
        **id_,
        level=c.RatingLevel.VERY_SATISFIED,
        channel=c.RatingChannel.PHONE,
    ),
    "withdrawal": c.WithdrawCase(**by, reason="不再需要"),
}
facts = replace(x.facts, to_post=replace(x.other_window, office_code=x.COUNTY))


def is_done(case: Case, command: c.CaseCommand) -> bool:
    """Whether the rules answer with an event: neither refused nor so already."""
    try:
        return bool(decide(case, command, facts))
    except Rejection:
        return False


@pytest.mark.parametrize("way", ways)
def test_the_steps_offered_are_those_the_rules_allow(way: str) -> None:
    case = fold(ways[way])
    allowed = {name for name, command in COMMANDS.items() if is_done(case, command)}
    assert set(next_steps(case, x.item.current)) == allowed


def test_a_village_point_is_not_offered_acceptance() -> None:
    case = replace(fold(x.complete), office_code=x.VILLAGE)
    offered = next_steps(case, x.item.current)
    assert not {"acceptance", "acceptance-refusal"} & set(offered)


def test_required_materials_are_missing_until_received() -> None:
    assert missing_materials(fold(x.at_hand), x.item.current) == ("M1", "M2")
    assert missing_materials(fold(x.complete), x.item.current) == ()
