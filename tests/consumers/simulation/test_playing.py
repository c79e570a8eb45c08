"""Steps played through the door of a simulated log, and never of another."""

import threading
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from time import monotonic

import pytest

from consumers.simulation.door import AnswerIsUnexpected, play
from consumers.simulation.living import moment_after, split
from consumers.simulation.pace import LogIsAhead, last_recorded_at
from consumers.simulation.steps import steps
from domain.case.commands import OpenCase, WithdrawCase
from infra.bulk import LogIsNotSimulated
from infra.clock import is_clock_running, set_simulated_clock
from infra.context import Request
from infra.services import Services
from tests.consumers.simulation.conftest import SMALL


def test_an_ordinary_log_takes_no_invented_case(ordinary: Services) -> None:
    before = ordinary.log.last_position()
    with pytest.raises(LogIsNotSimulated):
        play(ordinary, steps(SMALL))
    assert ordinary.log.last_position() == before


def test_every_event_is_recorded_at_its_steps_very_instant(opened: Services) -> None:
    script = list(steps(SMALL))
    played = play(opened, script)
    assert (played.steps, played.until) == (len(script), script[-1].at)
    at = {step.request.context.command_id: step.at for step in script}
    recorded = opened.log.after(1, 10_000)
    assert len(recorded) == played.events
    assert all(r.recorded_at == at[r.meta.command_id] for r in recorded)
    assert not is_clock_running(opened.database)


def test_what_was_played_is_not_played_again(opened: Services) -> None:
    first = play(opened, islice(steps(SMALL), 100))
    last = opened.log.last_position()
    rest = play(opened, steps(SMALL))
    assert rest.skipped == first.steps == 100
    again = play(opened, steps(SMALL))
    assert (again.steps, again.skipped) == (0, rest.skipped + rest.steps)
    assert opened.log.last_position() == last + rest.events


def test_a_log_that_has_gone_further_is_not_turned_back(opened: Services) -> None:
    play(opened, islice(steps(SMALL), 120))
    last = last_recorded_at(opened)
    other = replace(SMALL, seed=8)
    with pytest.raises(LogIsAhead):
        play(opened, steps(other))
    assert last_recorded_at(opened) == last


def test_an_answer_that_the_script_does_not_know_is_a_fault(opened: Services) -> None:
    script = list(steps(SMALL))
    script[-1] = replace(script[-1], expects="case-is-finished")
    with pytest.raises(AnswerIsUnexpected, match="instead of case-is-finished"):
        play(opened, script)


def test_a_case_that_somebody_else_worked_on_goes_its_own_way(opened: Services) -> None:
    script = list(steps(SMALL))
    place = next(
        n for n, s in enumerate(script) if isinstance(s.request.command, OpenCase)
    )
    play(opened, script[: place + 1])
    step = script[place].request
    assert isinstance(step.command, OpenCase)
    withdrawal = WithdrawCase(
        case_id=step.command.case_id, by=step.command.by, reason="是", now=script[0].at
    )
    mine = replace(step.context, key="mine", correlation_id="by hand")
    opened.desk.execute(Request(command=withdrawal, context=mine))
    assert play(opened, script).overtaken > 0


def test_a_living_clock_runs_at_its_speed_and_leaps_over_the_night(
    opened: Services,
) -> None:
    at = moment_after(SMALL, 8)
    history, after = split(steps(SMALL), at)
    play(opened, history)
    began = monotonic()
    some = list(islice(after, 12))
    played = play(opened, some, speed=100_000.0)
    assert (played.steps, played.until) == (12, some[-1].at)
    assert monotonic() - began < 12 * 3
    lag = last_recorded_at(opened)
    assert lag is not None
    assert lag >= some[-1].at
    assert is_clock_running(opened.database)


def test_a_living_county_stops_within_a_second_and_its_clock_rests(
    opened: Services,
) -> None:
    stop = threading.Event()
    timer = threading.Timer(1.0, stop.set)
    timer.start()
    play(opened, steps(SMALL), speed=1.0, stop=stop)
    timer.join()
    assert not is_clock_running(opened.database)
    rested = opened.clock()
    set_simulated_clock(opened.database, rested + timedelta(days=3), 60.0)
    script = list(steps(SMALL))
    resumed = play(opened, script, speed=1e9)
    assert resumed.skipped + resumed.steps == len(script)


def test_a_pace_in_events_a_second_is_kept(opened: Services) -> None:
    script = list(steps(SMALL))
    play(opened, script[:100])
    began = monotonic()
    played = play(opened, script, per_second=50)
    assert played.events > 50
    assert monotonic() - began >= (played.events - 5) / 50


def test_split_gives_each_step_to_one_side(opened: Services) -> None:
    del opened
    whole = list(steps(SMALL))
    at = whole[len(whole) // 2].at
    before, after = (list(side) for side in split(steps(SMALL), at))
    assert len(before) + len(after) == len(whole)
    assert all(step.at < at for step in before)
    only_after = list(split(steps(SMALL), at)[1])
    assert [s.at for s in only_after] == [s.at for s in after]
