"""Several at the door at once: one effect a key, one number a case, fresh facts."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest
from eventsourcing.persistence import OperationalError, PersistenceError

from domain.authority import Role
from domain.case import commands as c
from domain.case.refusals import OfficerIsNotOnPost
from domain.post.commands import ChangePostHolders
from infra.log_recorder import APPEND_LOCK
from infra.outcome import Outcome, Status, StreamKeepsMoving
from infra.subjects import streams
from tests import examples as x
from tests.infra.other_process import open_the_case, together
from tests.infra.rivals import (
    after_append,
    before_append,
    cut_connections,
    rival,
    while_waiting,
)
from tests.rules import rule
from tests.world import World, open_case, register_applicant

receive = c.ReceiveMaterials(
    case_id=x.CASE, by=x.ANNA, materials=("M1", "M2"), now=x.MORNING
)
hand_to_bo = c.HandOverCase(
    case_id=x.CASE, by=x.ANNA, to=x.BO, reason="出差", now=x.NOON
)
without_bo = ChangePostHolders(
    post_id=x.WINDOW, primary=x.ANNA, backup=x.CHEN, now=x.NOON
)


def plain(outcomes: list[Outcome]) -> list[Outcome]:
    """Apart from who was first."""
    return [replace(outcome, is_repeated=False) for outcome in outcomes]


def test_threads_with_one_key_have_one_effect_and_one_answer(settled: World) -> None:
    open_case(settled)
    request = settled.request(receive, key="k")
    start = threading.Barrier(4)

    def give() -> Outcome:
        start.wait()
        return settled.services.desk.execute(request)

    with ThreadPoolExecutor(4) as pool:
        answers = [future.result() for future in [pool.submit(give) for _ in range(4)]]
    assert plain(answers) == plain(answers[:1] * 4)
    assert sum(not answer.is_repeated for answer in answers) == 1
    assert len(settled.services.log.stream(x.CASE)) == 3


def test_processes_with_one_key_have_one_effect_and_one_answer(settled: World) -> None:
    register_applicant(settled)
    services = settled.services
    mine = (services.database.conninfo, services.settings.home, "k")
    answers = together(open_the_case, [mine, mine])
    assert plain(answers) == plain(answers[:1] * 2)
    assert answers[0].status is Status.DONE
    assert len(services.log.stream(x.CASE)) == 2


@rule("R-504")
def test_cases_opened_at_once_get_different_numbers_without_a_gap(
    settled: World,
) -> None:
    register_applicant(settled)
    ids = [UUID(int=n) for n in range(1, 13)]
    with ThreadPoolExecutor(4) as pool:
        for _ in pool.map(lambda i: settled.do(replace(x.open_case, case_id=i)), ids):
            pass
    taken = settled.services.log.stream(
        streams.case_number_stream(x.ITEM, "2026-09-17")
    )
    assert [int(r.event.case_no[-4:]) for r in taken] == list(range(1, 13))
    assert {r.event.case_id for r in taken} == set(ids)


@rule("R-226")
def test_a_fact_that_changed_meanwhile_makes_the_desk_decide_again(
    settled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_case(settled)
    with rival(settled.services) as other:
        before_append(
            monkeypatch,
            settled.services,
            lambda: other.do(without_bo, Role.ADMINISTRATOR),
            times=1,
        )
        with pytest.raises(OfficerIsNotOnPost):
            settled.do(hand_to_bo)
    assert len(settled.services.log.stream(x.CASE)) == 2


@rule("R-226")
def test_a_fact_kept_from_before_is_checked_again(settled: World) -> None:
    open_case(settled)
    settled.do(receive)  # keeps the post in this process
    with rival(settled.services) as other:
        other.do(without_bo, Role.ADMINISTRATOR)
    with pytest.raises(OfficerIsNotOnPost):
        settled.do(hand_to_bo)


def test_when_the_stream_moves_each_time_nothing_is_written(
    settled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_case(settled)
    with rival(settled.services) as other:
        people = iter([x.BO, x.ANNA] * 20)
        before_append(
            monkeypatch,
            settled.services,
            lambda: other.do(replace(hand_to_bo, by=x.BO, to=next(people))),
            times=25,
        )
        with pytest.raises(StreamKeepsMoving):
            settled.do(x.accept, key="k")
    assert settled.services.log.stream(x.CASE)[-1].event.to_officer == x.BO
    assert settled.services.log.stream(x.CASE)[-1].originator_version == 27


def test_a_commit_whose_answer_was_lost_is_found_by_its_key(
    settled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_case(settled)
    conninfo = settled.services.database.conninfo

    def lose() -> None:
        assert cut_connections(conninfo)
        msg = "server closed the connection unexpectedly"
        raise OperationalError(msg)

    with rival(settled.services) as window:
        after_append(monkeypatch, window.services, lose)
        with pytest.raises(OperationalError):
            window.do(receive, key="k")
        answer = window.do(receive, key="k")
        (event,) = window.services.log.stream(x.CASE)[2:]
    assert (answer.status, answer.is_repeated) == (Status.DONE, True)
    assert answer.positions == (event.position,)


def test_a_connection_lost_before_the_commit_leaves_nothing(settled: World) -> None:
    open_case(settled)
    conninfo = settled.services.database.conninfo
    with (
        psycopg.connect(conninfo) as holder,
        rival(settled.services) as window,
        ThreadPoolExecutor(1) as pool,
    ):
        holder.execute("SELECT pg_advisory_xact_lock(%s)", (APPEND_LOCK,))
        request = window.request(receive, key="k")
        waiting = pool.submit(window.services.desk.execute, request)
        while_waiting(waiting, conninfo)
        cut_connections(conninfo)
        with pytest.raises(PersistenceError):
            waiting.result(timeout=10)
        holder.rollback()
        assert window.services.log.stream(x.CASE)[2:] == []
        assert window.do(receive, key="k").is_repeated is False
