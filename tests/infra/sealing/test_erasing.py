"""Erasing: restricted, kept as long as the law says, then gone from everywhere."""

import os
import subprocess
import sys
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.party.erasing import PartyIsHeld, RetentionHasNotEnded
from domain.party.events import (
    PartyRestricted,
    PersonErased,
    PersonErasureRequested,
)
from domain.party.state import fold
from domain.personal import Personal
from infra.clock import set_simulated_clock
from infra.replay import as_it_stands, to_plain
from infra.sealing.erasure import Asked, Erasure, erase
from infra.sealing.finding import Term
from infra.sealing.holding import hold, release
from tests import examples as x
from tests.rules import rule
from tests.world import World, accept_case, finish_case, open_case, register_applicant

ASKED = Asked(basis="R-806", approver="demo-supervisor", actor="test")
# One process for all: starting it takes longer than they do.
COMMANDS = """
import sys; from click.testing import CliRunner; from infra.main import main
for line in sys.argv[1:]:
    result = CliRunner().invoke(main, line.split())
    print(result.exit_code, result.output.strip())
"""
TEN_YEARS = timedelta(days=3660)


def told(world: World) -> list[object]:
    return [r.event for r in world.services.log.stream(x.APPLICANT)]


@rule("R-806", "R-807")
def test_who_had_no_case_is_erased_at_once(settled: World) -> None:
    register_applicant(settled)
    erased = erase(settled.services, x.APPLICANT, ASKED, at_once=True)
    assert erased == Erasure(persons=(x.APPLICANT,), is_done=True)
    kinds = [type(event) for event in told(settled)[1:]]
    assert kinds == [PartyRestricted, PersonErasureRequested, PersonErased]
    assert erase(settled.services, x.APPLICANT, ASKED).is_done


@rule("R-820")
def test_records_are_kept_for_ten_years_and_only_stored(settled: World) -> None:
    case = open_case(settled)
    running = erase(settled.services, x.APPLICANT, ASKED)
    assert (running.is_done, running.until) == (False, None)
    accept_case(settled, case)
    finish_case(settled, case)
    with pytest.raises(RetentionHasNotEnded):
        erase(settled.services, x.APPLICANT, ASKED, at_once=True)
    assert erase(settled.services, x.APPLICANT, ASKED).until == date(2036, 9, 17)
    later = settled.now() + TEN_YEARS
    set_simulated_clock(settled.services.database, later, 0)
    assert erase(settled.services, x.APPLICANT, ASKED).is_done


@rule("R-807")
def test_a_case_of_the_erased_is_read_as_before(settled: World) -> None:
    case = open_case(settled)
    accept_case(settled, case)
    finish_case(settled, case)
    services, at = settled.services, settled.now()
    before = as_it_stands(services.log, case, at)
    set_simulated_clock(services.database, at + TEN_YEARS, 0)
    assert erase(services, x.APPLICANT, ASKED).is_done
    after = as_it_stands(services.log, case, at)
    assert before is not None
    assert after is not None
    assert to_plain(after) == to_plain(before)


@rule("R-807")
def test_a_legal_hold_blocks_it_until_released(settled: World) -> None:
    register_applicant(settled)
    hold(settled.services, x.APPLICANT, ASKED)
    assert erase(settled.services, x.APPLICANT, ASKED).is_held
    with pytest.raises(PartyIsHeld):
        erase(settled.services, x.APPLICANT, ASKED, at_once=True)
    party = fold(told(settled))  # type: ignore[arg-type]
    assert party.name == Personal("张三丰")
    release(settled.services, x.APPLICANT, ASKED)
    assert erase(settled.services, x.APPLICANT, ASKED).is_done


@rule("R-807")
def test_an_erasure_broken_off_is_finished_by_the_next(settled: World) -> None:
    """Recorded, but the process died before it destroyed the key."""
    register_applicant(settled)
    services = settled.services
    destroy, services.seals.destroy = services.seals.destroy, _die  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        erase(services, x.APPLICANT, ASKED)
    services.seals.destroy = destroy  # type: ignore[method-assign]
    assert fold(told(settled)).is_erased  # type: ignore[arg-type]
    assert services.seals.find(Term.NAME, "张三丰")
    assert erase(services, x.APPLICANT, ASKED).is_done
    assert services.seals.find(Term.NAME, "张三丰") == []


def _die(person: UUID) -> None:
    raise KeyboardInterrupt(str(person))


@rule("R-806")
def test_the_command_says_what_came_of_it(settled: World) -> None:
    register_applicant(settled)
    services = settled.services
    environment = os.environ | {
        "BANJIAN_HOME": str(services.settings.home),
        "BANJIAN_DATABASE_URL": services.database.conninfo,
    }
    asked = [str(x.APPLICANT), "--basis", "R-806", "--approver", "demo-supervisor"]
    commands = (["hold"], ["erase"], ["erase", "--now"], ["hold", "--release"])
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS, *(" ".join([*c, *asked]) for c in commands)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout.splitlines()
    assert said[0] == "0 held"
    assert said[1] == "0 restricted; not erased: a legal hold stands"
    assert said[2].startswith("1 Error: 该申请人的记录已依法保全")
    assert said[3] == "0 released"
    assert erase(services, x.APPLICANT, ASKED).is_done
