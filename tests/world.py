"""A small county on a simulated log, for tests that need a real store."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from uuid import UUID, uuid5

from domain.authority import Role
from domain.calendar.limits import Limit, LimitUnit
from domain.case import commands as c
from domain.catalogue.commands import CaseType, ItemType, PublishItemVersion
from domain.office.commands import RegisterOffice
from domain.party.commands import PartyKind, RegisterParty
from domain.personal import Personal
from domain.post.commands import EstablishPost
from domain.staff.commands import RegisterOfficer
from domain.supervision.commands import PublishWarningPolicy
from infra.calendars.reading import national_years
from infra.context import Context, Request
from infra.outcome import Outcome
from infra.services import Services
from tests import examples as x

SPACE = UUID(int=7)
START = datetime(2026, 9, 17, 1, 0, tzinfo=UTC)
ID_NUMBER = "11010519491231002X"


@dataclass
class World:
    """Gives commands to the desk as the people of a small county would."""

    services: Services
    serial: "count[int]" = field(default_factory=count)

    def do(
        self,
        command: object,
        role: Role = Role.CLERK,
        *,
        key: str | None = None,
        expected: int | None = None,
        **changes: object,
    ) -> Outcome:
        """The outcome of one command by an account of ``role``."""
        request = self.request(command, role, key=key, expected=expected, **changes)
        return self.services.desk.execute(request)

    def do_all(self, commands: Iterable[object], role: Role = Role.CLERK) -> None:
        """Give many commands as one batch; the first refusal is raised."""
        requests = [self.request(command, role) for command in commands]
        for outcome in self.services.desk.execute_all(requests):
            if outcome.refusal is not None:
                raise outcome.refusal

    def request(
        self,
        command: object,
        role: Role = Role.CLERK,
        *,
        key: str | None = None,
        expected: int | None = None,
        **changes: object,
    ) -> Request:
        number = next(self.serial)
        context = Context(
            actor=f"{role}-account",
            role=role,
            key=key or f"key-{number}",
            command_id=uuid5(SPACE, f"command-{number}"),
            correlation_id=f"test-{number}",
        )
        context = replace(context, **changes)  # type: ignore[arg-type]
        return Request(command=command, context=context, expected_version=expected)

    def now(self) -> datetime:
        return self.services.clock()


def settle(world: World) -> None:
    """Offices of three tiers, three officers, posts, two items, the calendar."""
    now = world.now()
    policy = PublishWarningPolicy(
        yellow_percent=20, yellow_min_workdays=1, basis="R-403", now=now
    )
    commands = (
        *_offices(now),
        *_officers(now),
        *_posts(now),
        replace(x.publish_item, now=now),
        instant_item(now),
        *national_years(now),
        policy,
    )
    world.do_all(commands, Role.ADMINISTRATOR)


def _offices(now: datetime) -> Iterator[RegisterOffice]:
    for code, name in (
        (x.COUNTY, "盐池县政务服务中心"),
        (x.TOWNSHIP, "大水坑镇民生服务中心"),
        (x.OTHER_TOWNSHIP, "惠安堡镇民生服务中心"),
        (x.VILLAGE, "大水坑村民生服务代办点"),
    ):
        yield RegisterOffice(code=code, name=name, phone="0953-1", now=now)


def _officers(now: datetime) -> Iterator[RegisterOfficer]:
    for number, officer, name, office in (
        ("A001", x.ANNA, "安娜", x.TOWNSHIP),
        ("A002", x.BO, "薄明", x.TOWNSHIP),
        ("A003", x.CHEN, "陈晨", x.VILLAGE),
    ):
        yield RegisterOfficer(
            officer_id=officer,
            staff_no=number,
            badge_name=name,
            office_code=office,
            now=now,
        )


def _posts(now: datetime) -> Iterator[EstablishPost]:
    for post, office, a, b in (
        (x.WINDOW, x.TOWNSHIP, x.ANNA, x.BO),
        (x.AGENCY_DESK, x.VILLAGE, x.CHEN, x.BO),
        (x.OTHER_WINDOW, x.OTHER_TOWNSHIP, x.CHEN, x.ANNA),
    ):
        yield EstablishPost(
            post_id=post,
            office_code=office,
            name="综合窗口",
            primary=a,
            backup=b,
            now=now,
        )


def instant_item(now: datetime) -> PublishItemVersion:
    """An item that is finished on the spot (R-505)."""
    return replace(
        x.publish_item,
        item_code="11640323MB0000002X4000720002000",
        name="户籍证明",
        item_type=ItemType.PUBLIC_SERVICE,
        case_type=CaseType.INSTANT,
        statutory_limit=None,
        promised_limit=Limit(0, LimitUnit.WORKDAYS),
        now=now,
    )


def register_person(world: World, party_id: UUID) -> RegisterParty:
    """Ask for the example person under ``party_id``."""
    return RegisterParty(
        party_id=party_id,
        kind=PartyKind.PERSON,
        name=Personal("张三丰"),
        number=Personal(ID_NUMBER),
        phone=Personal("13812345678"),
        digest=world.services.keys.digest(f"id|{ID_NUMBER}"),
        now=world.now(),
    )


def register_applicant(world: World) -> UUID:
    """Give the id under which the example person is known."""
    return world.do(register_person(world, x.APPLICANT)).subject


def open_case(world: World, case_id: UUID = x.CASE) -> UUID:
    """A case at the township's window, Anna responsible."""
    applicant = register_applicant(world)
    command = replace(
        x.open_case, case_id=case_id, applicant=applicant, now=world.now()
    )
    world.do(command)
    return case_id


def accept_case(world: World, case_id: UUID = x.CASE) -> None:
    """Bring an opened case to acceptance."""
    now = world.now()
    materials = c.ReceiveMaterials(
        case_id=case_id, by=x.ANNA, materials=("M1", "M2"), now=now
    )
    world.do(materials)
    world.do(replace(x.accept, case_id=case_id, now=now))


def finish_case(world: World, case_id: UUID = x.CASE) -> None:
    """Bring an accepted case to its decision."""
    world.do(replace(x.grant, case_id=case_id, now=world.now()))
