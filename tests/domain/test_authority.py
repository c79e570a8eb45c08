"""Who may give which command: every command by every role, deny by default."""

from itertools import product
from typing import Any, cast, get_args

import pytest

from domain.authority import Role, RoleMayNot, require_permitted
from domain.calendar.commands import CalendarCommand
from domain.case.commands import CaseCommand, RateCase
from domain.catalogue.commands import CatalogueCommand
from domain.notice.commands import NoticeCommand
from domain.office.commands import OfficeCommand
from domain.party.commands import PartyCommand
from domain.post.commands import PostCommand
from domain.rejections import NotPermitted
from domain.staff.commands import StaffCommand
from domain.supervision.commands import SupervisionCommand
from tests.rules import rule

UNIONS: tuple[Any, ...] = (
    CalendarCommand,
    CaseCommand,
    CatalogueCommand,
    NoticeCommand,
    OfficeCommand,
    PartyCommand,
    PostCommand,
    StaffCommand,
    SupervisionCommand,
)
COMMANDS = {
    kind.__name__: cast("type", kind)
    for union in UNIONS
    for kind in get_args(union) or (union,)
}
SAID_TO_BE_ALLOWED = {
    Role.CLERK: """OpenCase GiveOneTimeNotice ReceiveMaterials AcceptCase
        RefuseAcceptance HandOverCase TransferCase DecideCase DeliverResult
        WithdrawCase RegisterParty CorrectParty MergeParty MarkNoticeRead""",
    Role.ADMINISTRATOR: """RegisterOffice RenameOffice RegisterOfficer EstablishPost
        ChangePostHolders PublishItemVersion PublishCalendarYear ReviseCalendarYear
        PublishWarningPolicy HoldParty ReleaseParty
        RequestErasure ErasePerson""",
    Role.SUPERVISOR: "MarkNoticeRead",
    Role.INSPECTOR: "",
    Role.EVALUATOR: "RateCase",
    Role.IMPORTER: """RecordSourceCase RecordSourceStep RecordSourceEnd
        NameSourceOfficer RegisterOffice""",
    Role.SENTINEL: "SendDeadlineNotices SendRatingNotices",
}


def command(name: str) -> object:
    """Give an empty command of the kind: authority looks at nothing else."""
    return object.__new__(COMMANDS[name])


@rule("R-822")
@pytest.mark.parametrize(("role", "name"), [*product(Role, COMMANDS)])
def test_a_role_may_do_what_is_said_and_nothing_else(role: Role, name: str) -> None:
    if name in SAID_TO_BE_ALLOWED[role].split():
        require_permitted(role, command(name))
        return
    with pytest.raises(RoleMayNot) as refusal:
        require_permitted(role, command(name))
    assert isinstance(refusal.value, NotPermitted)
    assert refusal.value.facts == {"role": role, "command": name}


@rule("R-305")
def test_a_clerk_never_rates() -> None:
    with pytest.raises(RoleMayNot):
        require_permitted(Role.CLERK, command(RateCase.__name__))
    raters = [role for role in Role if "RateCase" in SAID_TO_BE_ALLOWED[role].split()]
    assert raters == [Role.EVALUATOR]


@rule("R-822", "R-823")
def test_who_supervises_or_inspects_changes_nothing_but_what_he_has_read() -> None:
    changes = set(COMMANDS) - {"MarkNoticeRead"}
    for role, name in product((Role.SUPERVISOR, Role.INSPECTOR), changes):
        with pytest.raises(RoleMayNot):
            require_permitted(role, command(name))


@rule("R-822")
def test_what_nobody_thought_of_is_denied() -> None:
    for role in Role:
        with pytest.raises(RoleMayNot):
            require_permitted(role, object())


@rule("R-822")
def test_every_command_has_somebody_who_may_give_it() -> None:
    allowed = " ".join(SAID_TO_BE_ALLOWED.values()).split()
    assert set(allowed) == set(COMMANDS)
