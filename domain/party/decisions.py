"""Rules for registering persons and organisations: one party a number (R-810)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, assert_never
from uuid import UUID

from domain.calendar.due import local_date
from domain.party.commands import (
    CorrectParty,
    ErasePerson,
    HoldParty,
    MergeParty,
    PartyCommand,
    PartyKind,
    RegisterParty,
    ReleaseParty,
    RequestErasure,
)
from domain.party.erasing import PartyIsErased, PartyIsRestricted, decide_erasure
from domain.party.events import (
    IdentityClaimed,
    PartyCorrected,
    PartyEvent,
    PartyMerged,
    PartyRegistered,
)
from domain.party.numbers import is_id_number, is_uscc, normalised
from domain.party.state import Party
from domain.personal import Personal
from domain.rejections import NoSuchThing, Rejection


class PartyNotFound(NoSuchThing):
    code: ClassVar[str] = "party-not-found"
    rule: ClassVar[str] = "R-510"
    title: ClassVar[str] = "没有这个申请人"
    remedy: ClassVar[str] = "请先登记申请人，再使用其编号。"


class IdNumberIsInvalid(Rejection):
    code: ClassVar[str] = "id-number-is-invalid"
    rule: ClassVar[str] = "R-810"
    title: ClassVar[str] = "证件号码校验不通过"
    remedy: ClassVar[str] = "请核对身份证号或统一社会信用代码后重新填写。"


class PartyIsRegistered(Rejection):
    """R-810: one party a number, and one number a party."""

    code: ClassVar[str] = "party-is-registered"
    rule: ClassVar[str] = "R-810"
    title: ClassVar[str] = "该申请人编号已登记为另一证件号码"
    remedy: ClassVar[str] = "请为新的申请人使用新的编号。"


class PartyNameIsMissing(Rejection):
    code: ClassVar[str] = "party-name-is-missing"
    rule: ClassVar[str] = "R-510"
    title: ClassVar[str] = "申请人姓名或名称不能为空"
    remedy: ClassVar[str] = "请按证件填写姓名或名称。"


class PartyIsMerged(Rejection):
    code: ClassVar[str] = "party-is-merged"
    rule: ClassVar[str] = "R-510"
    title: ClassVar[str] = "该申请人已并入另一登记"
    remedy: ClassVar[str] = "请使用保留的申请人编号。"


class PartyCannotMergeIntoItself(Rejection):
    code: ClassVar[str] = "party-cannot-merge-into-itself"
    rule: ClassVar[str] = "R-510"
    title: ClassVar[str] = "不能并入自身"
    remedy: ClassVar[str] = "请填写另一个申请人编号。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """``holder`` of the number; ``into``: the party merged into, if any."""

    holder: UUID | None = None
    into: Party | None = None


def decide(
    party: Party, command: PartyCommand, facts: PartyFacts
) -> tuple[PartyEvent | IdentityClaimed, ...]:
    match command:
        case RegisterParty():
            return _register(party, command, facts)
        case CorrectParty():
            return _correct(party, command)
        case MergeParty():
            return _merge(party, command, facts)
        case HoldParty() | ReleaseParty() | RequestErasure() | ErasePerson():
            if not party.exists:
                raise PartyNotFound
            return decide_erasure(party, command)
        case _:
            assert_never(command)


def _register(
    party: Party, command: RegisterParty, facts: PartyFacts
) -> tuple[PartyEvent | IdentityClaimed, ...]:
    _require_name(command.name)
    number = normalised(command.number.reveal())
    if not _is_valid(command.kind, number, local_date(command.now)):
        raise IdNumberIsInvalid(kind=command.kind)
    if facts.holder is not None:
        return ()
    if party.exists:
        raise PartyIsRegistered
    return (
        PartyRegistered(
            kind=command.kind,
            name=command.name,
            number=Personal(number),
            phone=command.phone,
        ),
        IdentityClaimed(party_id=command.party_id),
    )


def _correct(party: Party, command: CorrectParty) -> tuple[PartyEvent, ...]:
    _require_party(party)
    _require_name(command.name)
    if (party.name, party.phone) == (command.name, command.phone):
        return ()
    return (
        PartyCorrected(
            name=command.name, phone=command.phone, reason=Personal(command.reason)
        ),
    )


def _merge(
    party: Party, command: MergeParty, facts: PartyFacts
) -> tuple[PartyEvent, ...]:
    if party.exists and party.merged_into == command.into:
        return ()
    _require_party(party)
    if command.into == command.party_id:
        raise PartyCannotMergeIntoItself
    if facts.into is None or not facts.into.exists:
        raise PartyNotFound
    require_usable(facts.into)
    return (PartyMerged(into=command.into, reason=Personal(command.reason)),)


def _require_party(party: Party) -> None:
    if not party.exists:
        raise PartyNotFound
    require_usable(party)


def require_usable(party: Party) -> None:
    """R-807: what is restricted is stored, and nothing else is done with it."""
    if party.merged_into is not None:
        raise PartyIsMerged
    if party.is_erased:
        raise PartyIsErased
    if party.is_restricted:
        raise PartyIsRestricted


def _require_name(name: Personal) -> None:
    if not name.reveal().strip():
        raise PartyNameIsMissing


def _is_valid(kind: PartyKind, number: str, today: date) -> bool:
    match kind:
        case PartyKind.PERSON:
            return is_id_number(number, today)
        case PartyKind.ORGANISATION:
            return is_uscc(number)
        case _:
            assert_never(kind)
