"""Rules for an officer's record: one record an officer, at an office that exists."""

from dataclasses import dataclass
from typing import ClassVar, assert_never

from domain.office.decisions import OfficeNotFound
from domain.office.state import Office
from domain.rejections import NoSuchThing, Rejection
from domain.staff.commands import NameSourceOfficer, RegisterOfficer, StaffCommand
from domain.staff.events import OfficerRegistered, SourceOfficerNamed, StaffEvent
from domain.staff.state import Officer


class OfficerNotFound(NoSuchThing):
    code: ClassVar[str] = "officer-not-found"
    rule: ClassVar[str] = "R-226"
    title: ClassVar[str] = "没有这个工作人员"
    remedy: ClassVar[str] = "请核对工作人员编号，或先登记工作人员。"


class OfficerIsRegistered(Rejection):
    code: ClassVar[str] = "officer-is-registered"
    rule: ClassVar[str] = "R-226"
    title: ClassVar[str] = "该工作人员已登记，内容不同"
    remedy: ClassVar[str] = "请核对工号、姓名和所在机构。"


class BadgeNameIsMissing(Rejection):
    code: ClassVar[str] = "badge-name-is-missing"
    rule: ClassVar[str] = "R-201"
    title: ClassVar[str] = "工作人员姓名和工号不能为空"
    remedy: ClassVar[str] = "请按窗口吊牌填写姓名和工号。"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFacts:
    office: Office | None


def decide(
    officer: Officer, command: StaffCommand, facts: StaffFacts
) -> tuple[StaffEvent, ...]:
    if facts.office is None or not facts.office.exists:
        raise OfficeNotFound(code=command.office_code)
    match command:
        case RegisterOfficer():
            return _register(officer, command)
        case NameSourceOfficer():
            return _name(officer, command)
        case _:
            assert_never(command)


def _register(officer: Officer, command: RegisterOfficer) -> tuple[StaffEvent, ...]:
    if not command.badge_name.strip() or not command.staff_no.strip():
        raise BadgeNameIsMissing(staff_no=command.staff_no)
    if officer.exists:
        told = (command.staff_no, command.badge_name, command.office_code)
        if told == (officer.staff_no, officer.name, officer.office_code):
            return ()
        raise OfficerIsRegistered(staff_no=officer.staff_no)
    return (
        OfficerRegistered(
            officer_id=command.officer_id,
            staff_no=command.staff_no,
            badge_name=command.badge_name,
            office_code=command.office_code,
        ),
    )


def _name(officer: Officer, command: NameSourceOfficer) -> tuple[StaffEvent, ...]:
    if officer.exists:
        return ()
    return (
        SourceOfficerNamed(
            officer_id=command.officer_id,
            label=command.label,
            office_code=command.office_code,
        ),
    )
