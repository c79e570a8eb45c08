"""What the tests let other processes do at the log; started by their name."""

from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from infra.initialise import begin
from infra.outcome import Outcome
from infra.services import open_services
from infra.settings import Settings
from tests import examples as x
from tests.world import START, World

SPAWN = get_context("spawn")
WAIT = 60


def together(work: Any, arguments: list[tuple[Any, ...]]) -> list[Any]:
    """Results of ``work(barrier, …)``, each in a process, all begun at once."""
    barrier, answers = SPAWN.Barrier(len(arguments)), SPAWN.SimpleQueue()
    processes = [
        SPAWN.Process(target=_answer, args=(answers, work, barrier, mine))
        for mine in arguments
    ]
    for process in processes:
        process.start()
    results = [answers.get() for _ in processes]
    for process in processes:
        process.join(WAIT)
    assert [process.exitcode for process in processes] == [0] * len(processes)
    return results


def _answer(answers: Any, work: Any, barrier: Barrier, mine: Any) -> None:
    try:
        result = work(barrier, *mine)
    except Exception as fault:
        answers.put(repr(fault))
        raise
    answers.put(result)


def open_the_case(barrier: Barrier, url: str, home: Path, key: str) -> Outcome:
    """Open the example case under ``key`` at the same moment as the others."""
    with open_services(Settings(home=home), url) as services:
        world = World(services)
        request = world.request(replace(x.open_case, now=world.now()), key=key)
        barrier.wait(WAIT)
        return services.desk.execute(request)


def begin_the_log(barrier: Barrier, url: str) -> bool:
    """Begin a simulated log at the same moment as the others."""
    barrier.wait(WAIT)
    begin(url, simulated=True, instant=START)
    return True
