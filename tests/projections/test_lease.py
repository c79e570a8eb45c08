"""Two projectors never both write a view, and one takes over from the other soon."""

import time
from typing import cast

from projections import standing, tracking
from projections.all_views import ALL
from projections.place import Place
from projections.runner import Runner, wait_for
from projections.standing import Keeper
from projections.view import View
from tests import examples as x
from tests.projections.keeping import (
    NAMES,
    differing,
    projector_beside,
    projector_here,
)
from tests.projections.shown import Shown, instant, step
from tests.world import World, accept_case, open_case

TRACKING = cast("View", tracking)
SECONDS, COMES_UP = 20, 60


def test_what_one_projector_works_on_no_other_touches(shown: Shown) -> None:
    shown.runner.catch_up()
    shown.tell(x.MORNING, *x.at_hand)
    with Place(database=shown.services.database).transaction() as cursor:
        assert standing.claim(cursor, ALL, Keeper("one", 0))
        assert shown.runner.step() is False
    assert shown.runner.step() is True


def test_projectors_that_take_turns_keep_every_view_right(shown: Shown) -> None:
    parts = shown.services
    two = [Runner(parts.log, parts.database, ALL) for _ in range(2)]
    shown.publish(2026)
    for turn, event in enumerate(x.done):
        shown.tell(instant(9, 17 + turn), event)
        two[turn % 2].catch_up()
    assert differing(parts) == []


def test_rows_remembered_from_before_another_wrote_do_not_count(shown: Shown) -> None:
    """Though the view stands where this projector left it."""
    shown.tell(x.MORNING, x.source_case, step("T1"))
    shown.runner.catch_up()
    with Place(database=shown.services.database).transaction() as cursor:
        cursor.execute("UPDATE views.deadlines_v1 SET channel = 'by another'")
        position = shown.services.log.last_position()
        standing.advance(cursor, ALL, Keeper("another", 0), position)
    shown.tell(x.NOON, step("T2"))
    assert shown.row("deadlines_v1")["channel"] == "by another"


def test_a_view_is_left_to_its_keeper_until_the_lease_ends(shown: Shown) -> None:
    shown.runner.catch_up()
    place, position = Place(database=shown.services.database), 0
    with place.transaction() as cursor:
        standing.advance(cursor, [TRACKING], Keeper("one", 1.0), position)
    with place.transaction() as cursor:
        assert not standing.claim(cursor, [TRACKING], Keeper("two", 3.0))
        mine = standing.claim(cursor, [TRACKING], Keeper("one", 3.0))
    assert mine["tracking"].is_mine
    time.sleep(1.1)
    with place.transaction() as cursor:
        taken = standing.claim(cursor, [TRACKING], Keeper("two", 3.0))
    assert not taken["tracking"].is_mine


def test_another_takes_over_within_seconds_from_one_that_was_killed(
    settled: World,
) -> None:
    parts = settled.services
    first = projector_beside(parts)
    assert wait_for(parts.database, parts.log.last_position(), NAMES, COMES_UP)
    with projector_here(parts):
        open_case(settled)
        assert wait_for(parts.database, parts.log.last_position(), NAMES, SECONDS)
        first.kill()
        accept_case(settled)
        assert wait_for(parts.database, parts.log.last_position(), NAMES, SECONDS)
    first.join()
    assert differing(parts) == []


def test_killed_at_any_moment_nothing_is_lost_or_doubled(settled: World) -> None:
    parts = settled.services
    for pause in (1.2, 1.6, 2.0):  # seconds; it takes about one to come up
        first = projector_beside(parts)
        time.sleep(pause)
        first.kill()
        first.join()
    with projector_here(parts):
        assert wait_for(parts.database, parts.log.last_position(), NAMES, SECONDS)
    assert differing(parts) == []
