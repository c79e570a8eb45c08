"""The list of cases: page by page without a gap, narrowed by what is told."""

from uuid import UUID

from domain.case import events as e
from projections.case_list import After, cases
from projections.scope import Scope
from tests import examples as x
from tests.projections.shown import TRANSFERRED, Shown

COUNTY = Scope.of(x.COUNTY)


def listed(shown: Shown, **narrowing: str) -> list[int]:
    rows = shown.ask(cases, COUNTY, limit=100, **narrowing)
    return [row["case_id"].int for row in rows]


def test_the_latest_movement_comes_first(shown: Shown) -> None:
    for number in (1, 2, 3):
        shown.tell(x.MORNING, *x.at_hand, case=UUID(int=number))
    shown.tell(x.NOON, x.all_received, case=UUID(int=1))
    assert listed(shown) == [1, 3, 2]


def test_pages_have_neither_gap_nor_repetition(shown: Shown) -> None:
    for number in range(7):
        shown.tell(x.MORNING, x.opened, case=UUID(int=number + 1))
    seen: list[UUID] = []
    after = After()
    while rows := shown.ask(cases, COUNTY, limit=3, after=after):
        seen += [row["case_id"] for row in rows]
        after = After(position=rows[-1]["position"], case_id=rows[-1]["case_id"])
    assert [case.int for case in seen] == [7, 6, 5, 4, 3, 2, 1]


def test_a_list_is_narrowed_by_all_that_is_told(shown: Shown) -> None:
    shown.tell(x.MORNING, *x.at_hand, TRANSFERRED, case=UUID(int=1))
    shown.tell(x.MORNING, *x.at_hand, x.withdrawn, case=UUID(int=2))
    shown.tell(x.MORNING, x.source_case, case=UUID(int=3))
    assert listed(shown, stage="open") == [3, 1]
    assert listed(shown, item=x.ITEM) == [2, 1]
    assert listed(shown, office=x.OTHER_TOWNSHIP) == [1]
    assert listed(shown, item=x.ITEM, stage="withdrawn") == [2]
    assert listed(shown, item=x.ITEM, office=x.COUNTY) == []


def test_a_list_stays_in_its_scope(shown: Shown) -> None:
    shown.tell(x.MORNING, x.opened)
    ended = e.SourceCaseEnded(ended_at=x.NOON)
    shown.tell(x.MORNING, x.source_case, ended, case=UUID(int=3))
    (row,) = shown.ask(cases, Scope.of(x.TOWNSHIP), limit=9)
    assert (row["case_id"], row["case_no"]) == (x.CASE, x.CASE_NO)
    assert shown.ask(cases, Scope.of(x.OTHER_TOWNSHIP), limit=9) == []
