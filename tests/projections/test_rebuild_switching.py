"""The switch itself: nothing that came at the last moment is lost, readers or not."""

import threading
import time
from typing import cast

from infra.database import Role
from projections import tracking
from projections.batch import LogReader
from projections.place import Place
from projections.rebuild import Rebuild
from projections.switching import switch
from projections.view import View
from tests import examples as x
from tests.projections.keeping import differing, projector_here
from tests.projections.reading import table
from tests.projections.scribe import Fact, Scribe
from tests.projections.shown import Shown, step

TRACKING = cast("View", tracking)


def test_the_switch_brings_what_came_after_the_last_batch(shown: Shown) -> None:
    parts = shown.services
    shown.tell(x.MORNING, x.source_case, step("T1"))
    Rebuild(parts.log, parts.database, [TRACKING]).make()
    shown.tell(x.NOON, step("T2"))
    shown.runner.catch_up()
    switch(TRACKING, Place(database=parts.database), LogReader(parts.log))
    assert len(table(parts, "tracking_v1")) == 3


def test_it_waits_for_who_is_reading(shown: Shown) -> None:
    parts = shown.services
    shown.tell(x.MORNING, x.source_case, step("T1"))
    shown.runner.catch_up()
    rebuild = Rebuild(parts.log, parts.database, [TRACKING])
    switching = threading.Thread(target=rebuild.run)
    with parts.database.transaction(Role.READER) as cursor:
        cursor.execute("SELECT count(*) FROM views.tracking_v1")
        switching.start()
        time.sleep(2)
        assert switching.is_alive()
    switching.join()
    assert len(table(parts, "tracking_v1")) == 2


def test_views_are_made_anew_under_load(shown: Shown) -> None:
    parts, scribe = shown.services, Scribe(shown.services)
    scribe.tell(x.CASE, x.source_case, at=x.MORNING)
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            fact = Fact(stream=x.CASE, event=step("again"), at=x.NOON)
            scribe.write([fact])
            time.sleep(0.01)

    writing = threading.Thread(target=write)
    writing.start()
    with projector_here(parts):
        for _ in range(3):
            Rebuild(parts.log, parts.database, [TRACKING]).run()
        done.set()
        writing.join()
    shown.runner.catch_up()
    assert len(table(parts, "tracking_v1")) == scribe.versions[x.CASE]
    assert differing(parts) == []
