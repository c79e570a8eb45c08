"""Rules for restricting, holding and erasing a person's data (R-806, R-807, R-820)."""

from typing import ClassVar, assert_never

from domain.calendar.due import local_date
from domain.party.commands import (
    ErasePerson,
    ErasureCommand,
    HoldParty,
    ReleaseParty,
    RequestErasure,
)
from domain.party.events import (
    ErasureEvent,
    PartyHeld,
    PartyReleased,
    PartyRestricted,
    PersonErased,
    PersonErasureRequested,
)
from domain.party.retention import retention
from domain.party.state import Party
from domain.rejections import Rejection


class PartyIsErased(Rejection):
    code: ClassVar[str] = "party-is-erased"
    rule: ClassVar[str] = "R-807"
    title: ClassVar[str] = "该申请人的个人信息已删除"
    remedy: ClassVar[str] = "如本人再次申请，请重新登记。"


class PartyIsRestricted(Rejection):
    """R-807: other processing stops, storing goes on."""

    code: ClassVar[str] = "party-is-restricted"
    rule: ClassVar[str] = "R-807"
    title: ClassVar[str] = "该申请人的个人信息已限制处理"
    remedy: ClassVar[str] = "请联系负责个人信息保护的人员。"


class PartyIsHeld(Rejection):
    """A legal hold stands before every erasure."""

    code: ClassVar[str] = "party-is-held"
    rule: ClassVar[str] = "R-807"
    title: ClassVar[str] = "该申请人的记录已依法保全，不得删除"
    remedy: ClassVar[str] = "请在保全解除后再办理删除。"


class ErasureIsNotRequested(Rejection):
    code: ClassVar[str] = "erasure-is-not-requested"
    rule: ClassVar[str] = "R-806"
    title: ClassVar[str] = "尚未登记删除申请"
    remedy: ClassVar[str] = "请先登记删除申请及其依据、批准人。"


class RetentionHasNotEnded(Rejection):
    """R-807, R-820: within the retention data are kept, and nothing else is done."""

    code: ClassVar[str] = "retention-has-not-ended"
    rule: ClassVar[str] = "R-820"
    title: ClassVar[str] = "法定保存期限尚未届满"
    remedy: ClassVar[str] = "请在保存期限届满后再删除，期间仅限存储。"


class ErasureBasisIsMissing(Rejection):
    code: ClassVar[str] = "erasure-basis-is-missing"
    rule: ClassVar[str] = "R-806"
    title: ClassVar[str] = "缺少依据或批准人"
    remedy: ClassVar[str] = "请填写法律依据和批准人。"


def decide_erasure(party: Party, command: ErasureCommand) -> tuple[ErasureEvent, ...]:
    """What follows for a party that exists."""
    if not (command.basis.strip() and command.approver.strip()):
        raise ErasureBasisIsMissing
    match command:
        case HoldParty() | ReleaseParty():
            return _hold(party, command)
        case RequestErasure():
            return _request(party, command)
        case ErasePerson():
            return _erase(party, command)
        case _:
            assert_never(command)


def _hold(party: Party, command: HoldParty | ReleaseParty) -> tuple[ErasureEvent, ...]:
    if party.is_erased:
        raise PartyIsErased
    is_to_be_held = isinstance(command, HoldParty)
    if party.is_held == is_to_be_held:
        return ()
    kind = PartyHeld if is_to_be_held else PartyReleased
    return (kind(basis=command.basis, approver=command.approver),)


def _request(party: Party, command: RequestErasure) -> tuple[ErasureEvent, ...]:
    if party.is_erasure_requested:
        return ()
    left = retention(command.cases, local_date(command.now))
    requested = PersonErasureRequested(
        basis=command.basis,
        approver=command.approver,
        retention_version=left.rule.version,
        retained_until=left.ends_on,
    )
    if party.is_restricted:
        return (requested,)
    restricted = PartyRestricted(basis=command.basis, approver=command.approver)
    return restricted, requested


def _erase(party: Party, command: ErasePerson) -> tuple[ErasureEvent, ...]:
    if party.is_erased:
        return ()
    if party.is_held:
        raise PartyIsHeld
    if not party.is_erasure_requested:
        raise ErasureIsNotRequested
    today = local_date(command.now)
    left = retention(command.cases, today)
    if not left.has_ended(today):
        until = left.ends_on.isoformat() if left.ends_on else None
        raise RetentionHasNotEnded(until=until, version=left.rule.version)
    return (
        PersonErased(
            basis=command.basis,
            approver=command.approver,
            retention_version=left.rule.version,
        ),
    )
