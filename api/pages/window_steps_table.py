"""The steps a window can take: their words, their bodies, and the API's own routes.

A form is read into the same body and given to the same function as a call of the API.
Rating is not among them: no clerk ever rates (R-305).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api import case_steps as steps
from api.fields import Body
from api.pages.language import N_
from api.writing import Write, Written

Run = Callable[[UUID, Any, Write], Written]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``word`` on the button that leads to the form and on the one that sends it."""

    word: str
    done: str
    rule: str
    body: type[Body]
    run: Run
    is_main: bool = False


STEPS: dict[str, Step] = {
    "notice": Step(
        word=N_("一次性告知"),
        done=N_("已一次性告知全部材料"),
        rule="R-110",
        body=steps.NoticeBody,
        run=steps.give_notice,
    ),
    "materials": Step(
        word=N_("收取材料"),
        done=N_("已登记收到的材料"),
        rule="R-114",
        body=steps.MaterialsBody,
        run=steps.receive_materials,
        is_main=True,
    ),
    "acceptance": Step(
        word=N_("受理"),
        done=N_("已受理，时限开始计算"),
        rule="R-105、R-108",
        body=steps.AcceptanceBody,
        run=steps.accept,
        is_main=True,
    ),
    "acceptance-refusal": Step(
        word=N_("不予受理"),
        done=N_("已作出不予受理决定"),
        rule="R-105、R-109",
        body=steps.RefusalBody,
        run=steps.refuse_acceptance,
    ),
    "handovers": Step(
        word=N_("AB岗交接"),
        done=N_("已交接"),
        rule="R-226、R-227",
        body=steps.HandoverBody,
        run=steps.hand_over,
    ),
    "transfers": Step(
        word=N_("转办"),
        done=N_("已转办"),
        rule="R-202、R-904",
        body=steps.TransferBody,
        run=steps.transfer,
    ),
    "decision": Step(
        word=N_("作出决定"),
        done=N_("已办结"),
        rule="R-130、R-138",
        body=steps.DecisionBody,
        run=steps.decide,
        is_main=True,
    ),
    "delivery": Step(
        word=N_("送达结果"),
        done=N_("已送达"),
        rule="R-134",
        body=steps.DeliveryBody,
        run=steps.deliver,
        is_main=True,
    ),
    "withdrawal": Step(
        word=N_("申请人撤回"),
        done=N_("已登记撤回"),
        rule="A-10",
        body=steps.WithdrawalBody,
        run=steps.withdraw,
    ),
}
OPENED = N_("已收件")


def done_word(done: str) -> str:
    """What was just done, as the page after it says; empty for anything unknown."""
    if done == "opened":
        return OPENED
    return STEPS[done].done if done in STEPS else ""
