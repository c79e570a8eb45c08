"""Bulk stores what the door would have stored, however it is broken off."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from consumers.simulation.steps import Step
from domain.authority import Role
from domain.case.commands import OpenCase, WithdrawCase
from domain.case.state import fold
from domain.party.commands import RegisterParty
from infra.bulk import LogIsNotSimulated, TimesRunBackwards, Written, write
from infra.context import Request
from infra.outcome import Status
from infra.postgres import PrivateServer
from infra.services import Services
from tests.infra.bulk_county import (
    UNSOUND,
    by_the_door,
    county_log,
    everything,
    steps_of,
    stored,
)

CASES, SAVE = 40, 50


@pytest.fixture
def bulk(postgres: PrivateServer, template: str, home: Path) -> Iterator[Services]:
    with county_log(postgres, template, home) as services:
        yield services


@pytest.fixture
def door(postgres: PrivateServer, template: str, home: Path) -> Iterator[Services]:
    with county_log(postgres, template, home) as services:
        yield services


def made_alike(door: Services, bulk: Services, cases: int, save: int) -> Written:
    """Row by row the same; the outcomes of commands too."""
    given = steps_of(door, cases)
    by_the_door(door, given)
    written = write(bulk, iter(given), save=save, streams=10)
    assert everything(door) == everything(bulk)
    assert bulk.clock() == door.clock() == given[-1].at == written.upto
    assert written.commands == len(given)
    assert written.events == bulk.log.last_position() - 1
    return written


def test_door_and_bulk_store_the_same(door: Services, bulk: Services) -> None:
    assert made_alike(door, bulk, CASES, SAVE).refused


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_a_thousand_cases_too(door: Services, bulk: Services) -> None:
    assert made_alike(door, bulk, 1000, 2000).refused


def test_the_same_steps_again_add_nothing(bulk: Services) -> None:
    given = steps_of(bulk, CASES)
    write(bulk, given[:333], save=SAVE)
    both = write(bulk, given, save=SAVE)
    assert both.repeated == 333
    before = everything(bulk)
    assert write(bulk, given).repeated == len(given)
    assert everything(bulk) == before
    assert len(before[1]) == len(given)


def test_the_door_repeats_what_bulk_has_answered(bulk: Services) -> None:
    given = steps_of(bulk, CASES)
    write(bulk, given)
    outcomes = bulk.desk.execute_all([step.request for step in given[-50:]])
    assert all(outcome.is_repeated for outcome in outcomes)


def test_a_key_used_twice_is_answered_once(bulk: Services) -> None:
    given = steps_of(bulk, 1)
    other = replace(given[-1].request, command=given[-2].request.command)
    again = [*given, given[-1], replace(given[-1], request=other)]
    written = write(bulk, again, save=len(given) - 1)
    assert (written.commands, written.repeated) == (len(given), 1)
    assert written.refused == 1


def test_who_may_not_leaves_no_trace(bulk: Services) -> None:
    given = steps_of(bulk, 1)
    context = replace(given[-1].request.context, role=Role.INSPECTOR)
    given[-1] = replace(given[-1], request=replace(given[-1].request, context=context))
    written = write(bulk, given)
    assert (written.commands, written.refused) == (len(given) - 1, 1)


def test_an_ordinary_log_has_only_the_door(ordinary: Services) -> None:
    with pytest.raises(LogIsNotSimulated):
        write(ordinary, [])


def test_nothing_is_written_into_the_past(bulk: Services) -> None:
    given = steps_of(bulk, CASES)
    early = replace(given[0], at=given[-1].at)
    with pytest.raises(TimesRunBackwards):
        write(bulk, [early, *given[1:]])
    assert bulk.log.last_position() == 1
    write(bulk, given)
    before = everything(bulk)
    context = replace(given[0].request.context, key="late")
    request = replace(given[0].request, context=context)
    with pytest.raises(TimesRunBackwards):
        write(bulk, [replace(given[0], request=request)])
    assert everything(bulk) == before


def test_a_fault_of_the_steps_leaves_whole_saves(bulk: Services) -> None:
    given = steps_of(bulk, CASES)

    def faulty() -> Iterator[Step]:
        yield from given[: 2 * SAVE + 7]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(bulk, faulty(), save=SAVE)
    _, commands, unsound = everything(bulk)
    assert (len(commands), unsound) == (2 * SAVE, [])


def test_a_killed_run_leaves_whole_saves_and_may_be_repeated(
    door: Services, bulk: Services, home: Path
) -> None:
    given = steps_of(door, CASES)
    write(door, given)
    arguments = [bulk.database.conninfo, str(home), str(CASES)]
    command = [sys.executable, "-m", "tests.infra.killed_bulk", *arguments]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    events, commands, unsound = everything(bulk)
    assert 0 < len(commands) < len(given)
    assert (len(events), unsound) == (bulk.log.last_position(), [])
    assert write(bulk, given).repeated == len(commands)
    assert everything(bulk) == everything(door)


def test_another_at_the_door_meanwhile_is_heeded(bulk: Services) -> None:
    given = steps_of(bulk, CASES)
    opening = next(s for s in given if isinstance(s.request.command, OpenCase))
    command: OpenCase = opening.request.command  # type: ignore[assignment]
    came: list[Status] = []

    def interfere(_: Written) -> None:
        """Withdraw the case as soon as it is there, under the bulk run's hands."""
        if came or not bulk.log.stream(command.case_id):
            return
        withdraw = WithdrawCase(
            case_id=command.case_id, by=command.by, reason="不办了", now=bulk.clock()
        )
        context = replace(opening.request.context, key="withdrawn")
        came.append(
            bulk.desk.execute(Request(command=withdraw, context=context)).status
        )

    written = write(bulk, given, save=SAVE, watcher=interfere)
    assert came == [Status.DONE]
    assert stored(bulk, UNSOUND) == []
    assert fold(r.event for r in bulk.log.stream(command.case_id)).stage == "withdrawn"
    assert written.events == bulk.log.last_position() - 2
    assert written.commands == len(given)


def test_another_elsewhere_meanwhile_costs_nothing(bulk: Services) -> None:
    given = steps_of(bulk, CASES)
    registration = next(
        s for s in given if isinstance(s.request.command, RegisterParty)
    )
    command: RegisterParty = registration.request.command  # type: ignore[assignment]

    def register(written: Written) -> None:
        number = str(written.commands)
        other = replace(
            command,
            party_id=UUID(int=written.commands),
            digest=number,
            now=bulk.clock(),
        )
        context = replace(registration.request.context, key=number)
        bulk.desk.execute(Request(command=other, context=context))

    written = write(bulk, given, save=SAVE, watcher=register)
    saves = -(-len(given) // SAVE)
    assert stored(bulk, UNSOUND) == []
    assert written.events + 2 * saves == bulk.log.last_position() - 1
