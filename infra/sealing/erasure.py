"""Erasing a person: restricted at once, the key destroyed once the law allows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import structlog

from domain.authority import Role as ActingRole
from domain.calendar.due import local_date
from domain.case.events import CaseOpened
from domain.case.state import fold
from domain.party import state as party_state
from domain.party.commands import ErasePerson, RequestErasure
from domain.party.decisions import PartyNotFound
from domain.party.erasing import PartyIsHeld, RetentionHasNotEnded
from domain.party.events import PartyMerged
from domain.party.retention import CaseRecord, Retention, retention
from infra.context import Context, Request
from infra.database import Role
from infra.envelope import Recorded
from infra.services import Services
from infra.stored_names import NAMES

log = structlog.get_logger(__name__)

MERGED = NAMES[PartyMerged].rpartition(".")[0] + ".%"
OPENED = NAMES[CaseOpened].rpartition(".")[0] + ".%"
NAMED_IN = """SELECT DISTINCT originator_id FROM log.readable
    WHERE topic LIKE %s AND state -> 'data' ->> %s = ANY(%s) ORDER BY originator_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An erasure on a legal ``basis``, approved by an officer, asked by an account."""

    basis: str
    approver: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """``persons`` are the party and those merged into it.

    ``until`` is None while a case runs, or if ``is_done``.
    """

    persons: tuple[UUID, ...]
    is_done: bool
    until: date | None = None
    is_held: bool = False


def erase(
    services: Services,
    person: UUID,
    asked: Asked,
    *,
    at_once: bool = False,
    is_last: bool = True,
) -> Erasure:
    """Restrict ``person``, and destroy the key if retention and holds allow it.

    Asking again later goes on where it stands. ``at_once``: refused, with nothing
    changed, unless it may be destroyed now. ``is_last``: the vault's files are
    rewritten; of many in a row only the last needs that. Raises ``PartyNotFound``,
    ``PartyIsHeld`` and ``RetentionHasNotEnded``.
    """
    found = _found(services, person)
    if at_once:
        _require_allowed(found)
    for each in found.persons:
        _do(services, RequestErasure(party_id=each, **_told(found, asked)), asked)
    until = found.retention.ends_on
    if found.is_held or not found.retention.has_ended(found.today):
        return Erasure(
            persons=found.persons, is_done=False, until=until, is_held=found.is_held
        )
    _destroy(services, found, asked)
    if is_last:
        services.seals.sweep()
    return Erasure(persons=found.persons, is_done=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What an erasure is judged by, as it is at ``now``."""

    persons: tuple[UUID, ...]
    cases: tuple[CaseRecord, ...]
    is_held: bool
    now: datetime

    @property
    def today(self) -> date:
        return local_date(self.now)

    @property
    def retention(self) -> Retention:
        return retention(self.cases, self.today)


def _found(services: Services, person: UUID) -> _Found:
    persons = _persons(services, person)
    return _Found(
        persons=persons,
        cases=_cases(services, persons),
        is_held=_is_held(services, persons),
        now=services.clock(),
    )


def _require_allowed(found: _Found) -> None:
    if found.is_held:
        raise PartyIsHeld
    left = found.retention
    if not left.has_ended(found.today):
        until = left.ends_on.isoformat() if left.ends_on else None
        raise RetentionHasNotEnded(until=until, version=left.rule.version)


def _told(found: _Found, asked: Asked) -> dict[str, Any]:
    return {
        "basis": asked.basis,
        "approver": asked.approver,
        "cases": found.cases,
        "now": found.now,
    }


def _destroy(services: Services, found: _Found, asked: Asked) -> None:
    """Recorded first: a run that breaks off in between is finished by the next one."""
    for person in found.persons:
        _do(services, ErasePerson(party_id=person, **_told(found, asked)), asked)
        services.seals.destroy(person)
        log.info("person_erased", person=str(person))


def _do(services: Services, command: object, asked: Asked) -> None:
    context = Context(
        actor=asked.actor,
        role=ActingRole.ADMINISTRATOR,
        key=f"erasure-{uuid4()}",
        command_id=uuid4(),
        correlation_id="erasure",
    )
    services.desk.execute(Request(command=command, context=context))


def _persons(services: Services, person: UUID) -> tuple[UUID, ...]:
    """The party and those registered twice that were merged into it."""
    found, new = [person], [person]
    while new:
        merged = _streams_naming(services, MERGED, "into", new)
        new = [each for each in merged if each not in found]
        found += new
    if not party_state.fold(r.event for r in services.log.stream(person)).exists:
        raise PartyNotFound
    return tuple(found)


def _cases(services: Services, persons: Iterable[UUID]) -> tuple[CaseRecord, ...]:
    ids = _streams_naming(services, OPENED, "applicant", persons)
    return tuple(_record(events) for events in services.log.streams(ids).values())


def _record(events: Sequence[Recorded]) -> CaseRecord:
    case = fold(recorded.event for recorded in events)
    if not case.is_finished:
        return CaseRecord(ended_on=None)
    return CaseRecord(ended_on=max(local_date(r.effective_at) for r in events))


def _is_held(services: Services, persons: Iterable[UUID]) -> bool:
    return any(
        party_state.fold(recorded.event for recorded in events).is_held
        for events in services.log.streams(persons).values()
    )


def _streams_naming(
    services: Services, topic: str, field: str, persons: Iterable[UUID]
) -> list[UUID]:
    """Reads the whole log: an erasure is rare, and an index would name persons."""
    with services.database.transaction(Role.INSPECTOR) as cursor:
        rows = cursor.execute(NAMED_IN, (topic, field, [str(p) for p in persons]))
        return [row["originator_id"] for row in rows]
