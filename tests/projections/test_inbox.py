"""The inbox of an office as the view has it."""

from dataclasses import replace
from uuid import UUID

from domain.notice.events import NoticeRead, NoticeSent
from projections import inbox
from projections.scope import Scope
from tests import examples as x
from tests.projections.shown import Shown, instant
from tests.rules import rule

IDS = [UUID(int=8000 + number) for number in range(5)]
SENT = NoticeSent(
    notice_id=IDS[0],
    case_id=x.CASE,
    case_no=x.CASE_NO,
    item_name="最低生活保障",
    kind="yellow",
    recipient=x.TOWNSHIP,
    handling_office=x.TOWNSHIP,
    tier="yellow",
    due_on=instant(10, 21).date(),
    is_provisional=False,
    rule="R-403",
    routing_version=1,
)
READ = NoticeRead(by="anna", office=x.TOWNSHIP)


def send(shown: Shown, *recipients: str) -> None:
    """One notice to each, in this order."""
    for notice_id, office in zip(IDS, recipients, strict=False):
        sent = replace(SENT, notice_id=notice_id, recipient=office)
        shown.tell(instant(10, 15), sent, case=notice_id)


def ids(rows: list[dict[str, object]]) -> list[object]:
    return [row["notice_id"] for row in rows]


@rule("R-401")
def test_newest_first_and_page_by_page(shown: Shown) -> None:
    send(shown, *[x.TOWNSHIP] * 3, x.COUNTY)
    first = shown.ask(inbox.inbox, x.TOWNSHIP, limit=2)
    assert ids(first) == [IDS[2], IDS[1]]
    after = first[-1]["position"]
    assert ids(shown.ask(inbox.inbox, x.TOWNSHIP, after, 2)) == [IDS[0]]


@rule("R-401")
def test_what_is_read_is_not_counted_and_says_by_whom(shown: Shown) -> None:
    send(shown, *[x.TOWNSHIP] * 2)
    shown.tell(instant(10, 16), READ, case=IDS[0])
    assert shown.ask(inbox.unread, x.TOWNSHIP) == 1
    unread = shown.ask(inbox.inbox, x.TOWNSHIP, only_unread=True)
    assert ids(unread) == [IDS[1]]
    row = shown.ask(inbox.inbox, x.TOWNSHIP)[-1]
    assert (row["read_by"], row["read_at"]) == ("anna", instant(10, 16))


@rule("R-904")
def test_counts_of_all_inboxes_in_scope(shown: Shown) -> None:
    send(shown, x.TOWNSHIP, x.VILLAGE, x.OTHER_TOWNSHIP, x.COUNTY)
    below = shown.ask(inbox.unread_below, Scope.of(x.TOWNSHIP), 10)
    assert below == {x.TOWNSHIP: 1, x.VILLAGE: 1}
    counts = shown.ask(inbox.unread_in, [x.COUNTY, "640399000000"])
    assert counts == {x.COUNTY: 1, "640399000000": 0}
