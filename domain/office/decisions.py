"""Rules for opening offices: one per code, under an office that exists."""

from dataclasses import dataclass
from typing import ClassVar, assert_never

from domain.office.codes import DivisionCode, Tier
from domain.office.commands import OfficeCommand, RegisterOffice, RenameOffice
from domain.office.events import OfficeEvent, OfficeRegistered, OfficeRenamed
from domain.office.state import Office
from domain.rejections import NoSuchThing, Rejection

AGENCY_POINT_SUFFIX = "民生服务代办点"


class OfficeNotFound(NoSuchThing):
    code: ClassVar[str] = "office-not-found"
    rule: ClassVar[str] = "R-903"
    title: ClassVar[str] = "没有这个机构"
    remedy: ClassVar[str] = "请核对区划代码，或先登记该机构。"


class OfficeIsRegistered(Rejection):
    code: ClassVar[str] = "office-is-registered"
    rule: ClassVar[str] = "R-906"
    title: ClassVar[str] = "该区划代码已登记为其他机构"
    remedy: ClassVar[str] = "如需改名，请使用改名操作。"


class ParentOfficeNotFound(Rejection):
    code: ClassVar[str] = "parent-office-not-found"
    rule: ClassVar[str] = "R-906"
    title: ClassVar[str] = "上级机构尚未登记"
    remedy: ClassVar[str] = "请先登记上级（县或乡镇）机构。"


class OfficeNameIsMissing(Rejection):
    code: ClassVar[str] = "office-name-is-missing"
    rule: ClassVar[str] = "R-906"
    title: ClassVar[str] = "机构名称不能为空"
    remedy: ClassVar[str] = "请填写机构全称。"


class AgencyPointNameIsIrregular(Rejection):
    """R-907: a village point is called “XX村(社区)民生服务代办点”."""

    code: ClassVar[str] = "agency-point-name-is-irregular"
    rule: ClassVar[str] = "R-907"
    title: ClassVar[str] = "村级机构名称不规范"
    remedy: ClassVar[str] = "名称应为“XX村(社区)民生服务代办点”。"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFacts:
    """``parent`` is the office one tier up, or None at county tier."""

    parent: Office | None


def decide(
    office: Office, command: OfficeCommand, facts: OfficeFacts
) -> tuple[OfficeEvent, ...]:
    match command:
        case RegisterOffice():
            return _register(office, command, facts)
        case RenameOffice():
            return _rename(office, command)
        case _:
            assert_never(command)


def _register(
    office: Office, command: RegisterOffice, facts: OfficeFacts
) -> tuple[OfficeEvent, ...]:
    code = DivisionCode(command.code)
    _require_name(code, command.name)
    if office.exists:
        if (office.name, office.phone) == (command.name, command.phone):
            return ()
        raise OfficeIsRegistered(code=command.code)
    if code.parent is not None and not (facts.parent and facts.parent.exists):
        raise ParentOfficeNotFound(parent=code.parent.digits)
    return (
        OfficeRegistered(code=command.code, name=command.name, phone=command.phone),
    )


def _rename(office: Office, command: RenameOffice) -> tuple[OfficeEvent, ...]:
    if not office.exists:
        raise OfficeNotFound(code=command.code)
    _require_name(DivisionCode(command.code), command.name)
    if office.name == command.name:
        return ()
    return (OfficeRenamed(name=command.name),)


def _require_name(code: DivisionCode, name: str) -> None:
    if not name.strip():
        raise OfficeNameIsMissing(code=code.digits)
    if code.tier is Tier.VILLAGE and not name.endswith(AGENCY_POINT_SUFFIX):
        raise AgencyPointNameIsIrregular(code=code.digits)
