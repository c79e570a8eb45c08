"""Settling the sample county through the desk: again changes nothing."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from domain.authority import Role
from domain.calendar.limits import Limit, LimitUnit
from domain.catalogue.commands import CaseType, ItemType, PublishItemVersion
from domain.catalogue.events import Material
from domain.office.commands import RegisterOffice
from domain.post.commands import EstablishPost
from domain.staff.commands import RegisterOfficer
from domain.supervision.commands import PublishWarningPolicy
from infra.context import Context, Request
from infra.services import Services

SAMPLE = Path(__file__).with_name("sample.toml")
SAMPLE_SOURCE = "sample-county"
PEOPLE = UUID("6c2a0e52-3a0c-5a53-8a52-6f3d3c0e7d01")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """A sign-in that the demonstration prints; ``officer`` None = no window work."""

    name: str
    title: str
    role: Role
    office: str
    officer: UUID | None


def officer_id(staff_no: str) -> UUID:
    return uuid5(PEOPLE, f"officer|{staff_no}")


def post_id(office: str, name: str) -> UUID:
    return uuid5(PEOPLE, f"post|{office}|{name}")


def read_sample() -> dict[str, Any]:
    return tomllib.loads(SAMPLE.read_text(encoding="utf-8"))


def demo_accounts() -> tuple[DemoAccount, ...]:
    return tuple(
        DemoAccount(
            name=account["name"],
            title=account["title"],
            role=Role(account["role"]),
            office=account["office"],
            officer=officer_id(account["officer"]) if "officer" in account else None,
        )
        for account in read_sample()["accounts"]
    )


def settle_sample(services: Services) -> None:
    """Register what is not yet there; a second run adds no event."""
    commands = county_commands(read_sample(), services.clock())
    give_all(services, commands, SAMPLE_SOURCE)


def county_commands(county: dict[str, Any], now: datetime) -> tuple[object, ...]:
    """What settles a county that is described as ``sample.toml`` describes one."""
    return (
        *_offices(county, now),
        *_officers(county, now),
        *_posts(county, now),
        *_items(county, now),
    )


def give_all(services: Services, commands: tuple[object, ...], source: str) -> None:
    """Give commands as the system's administrator, each once; refusals are raised."""
    for outcome in services.desk.execute_all(administered(commands, source)):
        if outcome.refusal is not None:
            raise outcome.refusal


def administered(commands: Iterable[object], source: str) -> list[Request]:
    """The commands as the administrator's requests, keyed by source and number."""
    return [
        Request(command=command, context=_context(source, number))
        for number, command in enumerate(commands)
    ]


def policy_command(now: datetime) -> PublishWarningPolicy:
    return PublishWarningPolicy(**read_sample()["policy"], now=now)


def _context(source: str, number: int) -> Context:
    return Context(
        actor="system",
        role=Role.ADMINISTRATOR,
        key=f"{source}-{number}",
        command_id=uuid5(PEOPLE, f"{source}|{number}"),
        correlation_id=source,
    )


def _offices(sample: dict[str, Any], now: datetime) -> Iterator[RegisterOffice]:
    for office in sample["offices"]:
        yield RegisterOffice(**office, now=now)


def _officers(sample: dict[str, Any], now: datetime) -> Iterator[RegisterOfficer]:
    for post in sample["posts"]:
        for holder in (post["primary"], post["backup"]):
            yield RegisterOfficer(
                officer_id=officer_id(holder["no"]),
                staff_no=holder["no"],
                badge_name=holder["name"],
                office_code=post["office"],
                now=now,
            )


def _posts(sample: dict[str, Any], now: datetime) -> Iterator[EstablishPost]:
    for post in sample["posts"]:
        yield EstablishPost(
            post_id=post_id(post["office"], post["name"]),
            office_code=post["office"],
            name=post["name"],
            primary=officer_id(post["primary"]["no"]),
            backup=officer_id(post["backup"]["no"]),
            now=now,
        )


def _items(sample: dict[str, Any], now: datetime) -> Iterator[PublishItemVersion]:
    for item in sample["items"]:
        statutory = item.get("statutory")
        yield PublishItemVersion(
            item_code=item["code"],
            version=1,
            name=item["name"],
            item_type=ItemType(item["type"]),
            regime=None,
            case_type=CaseType(item["case_type"]),
            legal_basis=item["legal_basis"],
            statutory_limit=Limit(statutory, LimitUnit.WORKDAYS) if statutory else None,
            promised_limit=Limit(item["promised"], LimitUnit.WORKDAYS),
            materials=tuple(
                Material(
                    code=m["code"], name=m["name"], required=m.get("required", True)
                )
                for m in item["materials"]
            ),
            now=now,
        )
