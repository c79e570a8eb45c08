"""Which role may give which command. One table, deny by default."""

from enum import StrEnum
from typing import ClassVar

from domain.calendar.commands import PublishCalendarYear, ReviseCalendarYear
from domain.case import commands as case
from domain.catalogue.commands import PublishItemVersion
from domain.notice import commands as notice
from domain.office.commands import RegisterOffice, RenameOffice
from domain.party import commands as party
from domain.post.commands import ChangePostHolders, EstablishPost
from domain.rejections import NotPermitted
from domain.staff.commands import NameSourceOfficer, RegisterOfficer
from domain.supervision.commands import PublishWarningPolicy


class Role(StrEnum):
    """Who an actor is to the platform. A person may have several accounts."""

    CLERK = "clerk"
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    EVALUATOR = "evaluator"
    IMPORTER = "importer"
    SENTINEL = "sentinel"


class RoleMayNot(NotPermitted):
    code: ClassVar[str] = "role-may-not"
    rule: ClassVar[str] = "R-822"
    title: ClassVar[str] = "当前角色无权进行此操作"
    remedy: ClassVar[str] = "请由有权限的岗位人员办理，或联系管理员。"


CASE_WORK: frozenset[type] = frozenset(
    {
        case.OpenCase,
        case.GiveOneTimeNotice,
        case.ReceiveMaterials,
        case.AcceptCase,
        case.RefuseAcceptance,
        case.HandOverCase,
        case.TransferCase,
        case.DecideCase,
        case.DeliverResult,
        case.WithdrawCase,
        party.RegisterParty,
        party.CorrectParty,
        party.MergeParty,
    }
)
MAY: dict[Role, frozenset[type]] = {
    Role.CLERK: CASE_WORK | {notice.MarkNoticeRead},
    Role.ADMINISTRATOR: frozenset(
        {
            RegisterOffice,
            RenameOffice,
            RegisterOfficer,
            EstablishPost,
            ChangePostHolders,
            PublishItemVersion,
            PublishCalendarYear,
            ReviseCalendarYear,
            PublishWarningPolicy,
            party.HoldParty,
            party.ReleaseParty,
            party.RequestErasure,
            party.ErasePerson,
        }
    ),
    Role.SUPERVISOR: frozenset({notice.MarkNoticeRead}),
    Role.INSPECTOR: frozenset(),
    Role.EVALUATOR: frozenset({case.RateCase}),
    Role.IMPORTER: frozenset(
        {
            case.RecordSourceCase,
            case.RecordSourceStep,
            case.RecordSourceEnd,
            NameSourceOfficer,
            RegisterOffice,
        }
    ),
    Role.SENTINEL: frozenset({notice.SendDeadlineNotices, notice.SendRatingNotices}),
}


def require_permitted(role: Role, command: object) -> None:
    """R-305: a clerk never rates; R-822: nobody does another's work."""
    if type(command) not in MAY[role]:
        raise RoleMayNot(role=role, command=type(command).__name__)
