"""A writer is killed at whatever it does: what it was told stays, nothing sticks."""

import os
import signal
import threading
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from uuid import uuid4

import psycopg

from infra.appending import Append
from infra.event_log import EventLog, library_environment
from infra.log_check import first_hole
from infra.services import Services
from tests.infra.other_process import SPAWN
from tests.infra.test_recorder import events, row

THREADS, ANSWERS, KILLS = 4, 100, 3


def append_for_ever(conninfo: str, told: Connection) -> None:
    """Two events and an outcome a save; tell each key once it is answered."""
    log = EventLog(env=library_environment(conninfo, 2))
    saying = threading.Lock()

    def write() -> None:
        for number in count():
            stream, key = uuid4(), f"{threading.get_ident()}-{number}-{os.getpid()}"
            save = Append(events=events(stream, 1, 2), commands=[row(key, 2)])
            log.log_recorder.append(save)
            with saying:
                told.send(key)

    for _ in range(THREADS):
        threading.Thread(target=write).start()


def killed_writer(conninfo: str) -> list[str]:
    """The keys that a writer was answered before it was killed under way."""
    listening, telling = SPAWN.Pipe(duplex=False)
    process: SpawnProcess = SPAWN.Process(
        target=append_for_ever, args=(conninfo, telling)
    )
    process.start()
    telling.close()
    keys = [listening.recv() for _ in range(ANSWERS)]
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    return keys


def test_what_was_answered_is_there_once_and_whole_and_others_go_on(
    ordinary: Services,
) -> None:
    log, conninfo = ordinary.log, ordinary.database.conninfo
    keys = [key for _ in range(KILLS) for key in killed_writer(conninfo)]
    stored = log.log_recorder.stored_outcomes([("a", key) for key in keys])
    places = [outcome["positions"] for _, outcome in stored.values()]
    assert len(stored) == len(set(keys)) == KILLS * ANSWERS
    assert len({place for pair in places for place in pair}) == 2 * KILLS * ANSWERS
    assert all(second == first + 1 for first, second in places)
    appended = log.log_recorder.append(Append(events=events(uuid4(), 1)))
    with psycopg.connect(conninfo) as connection:
        assert first_hole(connection) is None
        halves = connection.execute(
            "SELECT originator_id FROM log.events WHERE topic = %s"
            " GROUP BY 1 HAVING count(*) <> 2",
            (events(uuid4(), 1)[0].topic,),
        ).fetchall()
    assert len(halves) == 1
    assert log.last_position() == appended.last
