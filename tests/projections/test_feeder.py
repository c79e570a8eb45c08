"""Batches of any size come to the same, and the event that fails is found exactly."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import LiteralString

import pytest

from infra.envelope import Recorded
from infra.services import Services
from projections.all_views import ALL
from projections.batch import LogReader
from projections.place import Place
from projections.runner import Runner
from projections.standing import drop, ensure, new_keeper
from projections.stepping import FEW, Stepper
from projections.view import ReadCursor
from tests import examples as x
from tests.projections.reading import all_tables, table
from tests.projections.shown import Shown, instant, step
from tests.world import World, accept_case, finish_case, open_case


@dataclass
class Choosy:
    """Cannot apply the event at ``poison``; remembers how many it was ever given."""

    poison: int
    NAME: str = "choosy"
    VERSION: int = 1
    TABLES: tuple[LiteralString, ...] = ("choosy_v1",)
    SCHEMA: LiteralString = "CREATE TABLE views.choosy_v1 (position bigint)"
    given: int = 0

    def project(self, cursor: ReadCursor, recorded: Recorded) -> None:
        self.given += 1
        if recorded.position == self.poison:
            raise LookupError
        insert = "INSERT INTO views.choosy_v1 VALUES (%s)"
        cursor.execute(insert, (recorded.position,))


def test_the_event_that_fails_is_found_among_many(shown: Shown) -> None:
    shown.tell(x.MORNING, x.source_case, *(step("T") for _ in range(5 * FEW)))
    parts, poison = shown.services, 3 * FEW + 7
    choosy = Choosy(poison)
    runner = Runner(parts.log, parts.database, [choosy])
    runner.catch_up()
    (stopped,) = runner.standings()
    assert stopped.error == f"LookupError at position {poison}"
    held = [row["position"] for row in table(parts, "choosy_v1")]
    assert sorted(held) == list(range(1, poison))
    assert choosy.given < 10 * FEW


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_batches_of_any_size_come_to_the_same(settled: World, size: int) -> None:
    """One by one with the few in a pipeline, as COPY takes them otherwise."""
    open_case(settled)
    accept_case(settled)
    finish_case(settled)
    parts = settled.services
    Runner(parts.log, parts.database, ALL).catch_up()
    before = all_tables(parts)
    forget(parts)
    stepper = Stepper(
        LogReader(parts.log),
        Place(database=parts.database),
        ALL,
        new_keeper(0),
        batch=size,
    )
    with ThreadPoolExecutor(1) as threads:
        while stepper.apart(threads):
            pass
    assert all_tables(parts) == before


def forget(parts: Services) -> None:
    """Views as they are before the first event."""
    for view in ALL:
        with Place(database=parts.database).transaction() as cursor:
            drop(cursor, view)
            ensure(cursor, view)


def test_a_case_that_ends_in_the_batch_where_it_began_is_not_watched(
    shown: Shown,
) -> None:
    shown.publish(2026)
    for day, event in enumerate(x.done):
        shown.tell(instant(9, 17 + day), event)
    assert shown.rows("watchlist_v1") == []
