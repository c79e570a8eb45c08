"""Which rule answers which command about a case."""

from typing import assert_never

from domain.case import commands as c
from domain.case import events as e
from domain.case import handling, history, intake
from domain.case.facts import CaseFacts
from domain.case.state import Case


def decide(
    case: Case, command: c.CaseCommand, facts: CaseFacts
) -> tuple[e.CaseEvent | e.CaseNumberTaken, ...]:
    """The facts that follow from ``command``; none if it is so already."""
    match command:
        case c.OpenCase():
            return intake.open_case(case, command, facts)
        case c.GiveOneTimeNotice():
            return intake.give_notice(case, command, facts)
        case c.ReceiveMaterials():
            return intake.receive_materials(case, command, facts)
        case c.AcceptCase():
            return intake.accept(case, command, facts)
        case c.RefuseAcceptance():
            return intake.refuse_acceptance(case, command, facts)
        case c.RateCase():
            return handling.rate(case, command)
        case c.RecordSourceCase() | c.RecordSourceStep() | c.RecordSourceEnd():
            return history.record(case, command, facts.office)
        case _:
            return _decide_handling(case, command, facts)


def _decide_handling(
    case: Case,
    command: c.HandOverCase
    | c.TransferCase
    | c.DecideCase
    | c.DeliverResult
    | c.WithdrawCase,
    facts: CaseFacts,
) -> tuple[e.CaseEvent, ...]:
    match command:
        case c.HandOverCase():
            return handling.hand_over(case, command, facts)
        case c.TransferCase():
            return handling.transfer(case, command, facts)
        case c.DecideCase():
            return handling.decide_case(case, command, facts)
        case c.DeliverResult():
            return handling.deliver(case, command, facts)
        case c.WithdrawCase():
            return handling.withdraw(case, command, facts)
        case _:
            assert_never(command)
