"""A view is made anew beside the running one: resumable, slowly if asked, switched."""

import time
from dataclasses import dataclass
from typing import LiteralString, cast

import pytest

from infra.database import Role
from infra.envelope import Recorded
from infra.services import Services
from projections import deadlines, tracking
from projections.all_views import ALL
from projections.place import NEXT, Place
from projections.rebuild import Rebuild, ViewCannotBeMade, ViewIsBeingMade
from projections.runner import Runner
from projections.switching import drop_old
from projections.view import ReadCursor, View
from tests import examples as x
from tests.projections.keeping import differing
from tests.projections.reading import all_tables, table
from tests.projections.shown import Shown, step

DEADLINES, TRACKING = cast("View", deadlines), cast("View", tracking)
STEPS = 40


@dataclass
class Fragile:
    """A view that cannot apply anything once it is broken."""

    NAME: str = "fragile"
    VERSION: int = 1
    TABLES: tuple[LiteralString, ...] = ("fragile_v1",)
    SCHEMA: LiteralString = "CREATE TABLE views.fragile_v1 (position bigint)"
    is_broken: bool = False

    def project(self, cursor: ReadCursor, recorded: Recorded) -> None:
        divisor = 0 if self.is_broken else 1
        cursor.execute(
            "INSERT INTO views.fragile_v1 VALUES (%s / %s)",
            (recorded.position, divisor),
        )


@pytest.fixture
def told(shown: Shown) -> Shown:
    """A case of many steps in views that have caught up."""
    shown.publish(2026)
    steps = (step(f"T{n}") for n in range(STEPS))
    shown.tell(x.MORNING, x.source_case, *steps)
    shown.runner.catch_up()
    return shown


def rebuild_of(parts: Services, *views: View, per_second: int | None = None) -> Rebuild:
    return Rebuild(parts.log, parts.database, views, per_second=per_second)


def tables_in(parts: Services, schema: str) -> set[str]:
    with parts.database.transaction(Role.PROJECTOR) as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,)
        )
        return {row["tablename"] for row in cursor.fetchall()}


def indexes(parts: Services) -> set[str]:
    with parts.database.transaction(Role.PROJECTOR) as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'views'")
        return {row["indexdef"] for row in cursor.fetchall()}


def test_all_views_made_anew_are_as_before_with_their_indexes(told: Shown) -> None:
    rows, before = all_tables(told.services), indexes(told.services)
    reached = rebuild_of(told.services, *ALL).run()
    assert set(reached.values()) == {told.services.log.last_position()}
    assert all_tables(told.services) == rows
    assert indexes(told.services) == before


def test_until_the_switch_the_running_view_is_read(told: Shown) -> None:
    rebuild_of(told.services, TRACKING).make(until=10)
    assert len(table(told.services, "tracking_v1")) == STEPS + 1
    assert "tracking_v1" in tables_in(told.services, NEXT)
    told.tell(x.NOON, step("meanwhile"))
    assert len(told.rows("tracking_v1")) == STEPS + 2


def test_the_old_one_is_kept_until_it_is_dropped(told: Shown) -> None:
    rebuild_of(told.services, TRACKING).run()
    place = Place(database=told.services.database)
    assert tables_in(told.services, "views_old") == set(tracking.TABLES)
    assert drop_old(TRACKING, place) is True
    assert tables_in(told.services, "views_old") == set()
    assert drop_old(TRACKING, place) is False


def test_a_run_that_was_killed_goes_on_where_it_was(told: Shown) -> None:
    positions: list[int] = []
    rebuild_of(told.services, TRACKING).make(until=20)
    Rebuild(
        told.services.log,
        told.services.database,
        [TRACKING],
        per_second=1000,
        watcher=lambda _, position: positions.append(position),
    ).run()
    assert positions[0] > 20
    assert differing(told.services) == []


def test_what_a_projector_applied_meanwhile_is_in_the_new_one_too(told: Shown) -> None:
    rebuild = rebuild_of(told.services, DEADLINES)
    rebuild.make()
    told.tell(x.NOON, step("last"))
    before = told.rows("deadlines_v1")
    rebuild.run()
    assert table(told.services, "deadlines_v1") == before
    told.tell(x.NOON, step("after the switch"))
    told.runner.catch_up()
    assert differing(told.services) == []


def test_it_can_be_told_to_go_slowly(told: Shown) -> None:
    began, last = time.monotonic(), told.services.log.last_position()
    rebuild_of(told.services, TRACKING, per_second=30).make()
    assert time.monotonic() - began > last / 30 - 1


def test_a_new_one_that_fails_leaves_the_running_one_alone(told: Shown) -> None:
    parts, fragile = told.services, Fragile()
    runner = Runner(parts.log, parts.database, [fragile])
    runner.catch_up()
    before = table(parts, "fragile_v1")
    fragile.is_broken = True
    with pytest.raises(ViewCannotBeMade, match="DivisionByZero at position 1"):
        rebuild_of(parts, fragile).run()
    assert table(parts, "fragile_v1") == before
    fragile.is_broken = False
    rebuild_of(parts, fragile).run()
    assert table(parts, "fragile_v1") == before


def test_a_stopped_view_runs_again_once_it_is_made_anew(told: Shown) -> None:
    parts, fragile = told.services, Fragile(is_broken=True)
    runner = Runner(parts.log, parts.database, [fragile])
    runner.catch_up()
    fragile.is_broken = False
    rebuild_of(parts, fragile).run()
    (standing,) = (s for s in runner.standings() if s.name == "fragile")
    assert (standing.status, standing.error) == ("running", None)
    assert standing.position == parts.log.last_position()


def test_two_do_not_make_the_same_view_at_once(told: Shown) -> None:
    one, other = (rebuild_of(told.services, TRACKING) for _ in range(2))
    with one.alone(), pytest.raises(ViewIsBeingMade):
        other.run()
    other.run()


def test_an_earlier_version_is_dropped_with_its_tables(told: Shown) -> None:
    parts, newer = told.services, Fragile(VERSION=2)
    newer.TABLES, newer.SCHEMA = (
        ("fragile_v2",),
        "CREATE TABLE views.fragile_v2 (position bigint)",
    )
    Runner(parts.log, parts.database, [Fragile()]).catch_up()
    with Place(database=parts.database).transaction() as cursor:
        cursor.execute(newer.SCHEMA)
    assert drop_old(newer, Place(database=parts.database)) is True
    left = tables_in(parts, "views")
    assert "fragile_v1" not in left
    assert "fragile_v2" in left
