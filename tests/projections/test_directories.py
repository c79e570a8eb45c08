"""Directories of offices, officers, posts and items, by scope and page by page."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.catalogue.commands import PublishItemVersion
from domain.catalogue.decisions import decide
from domain.catalogue.state import Item
from domain.office.events import OfficeRegistered, OfficeRenamed
from domain.post.events import PostEstablished, PostHoldersChanged
from domain.staff.events import OfficerRegistered, SourceOfficerNamed
from projections import items, officers, offices, posts
from projections.scope import Scope
from tests import examples as x
from tests.projections.shown import Shown
from tests.rules import rule

COUNTY, TOWNSHIP = Scope.of(x.COUNTY), Scope.of(x.TOWNSHIP)
CODES = (x.COUNTY, x.TOWNSHIP, x.VILLAGE, x.OTHER_TOWNSHIP)


def tell_offices(shown: Shown) -> None:
    for code in reversed(CODES):
        office = OfficeRegistered(code=code, name=f"局 {code}", phone="0953-1")
        shown.scribe.tell(UUID(int=int(code)), office)


def tell_officers(shown: Shown) -> None:
    for number, office in enumerate(CODES, start=1):
        officer = OfficerRegistered(
            officer_id=UUID(int=number),
            staff_no=f"A{number}",
            badge_name=f"安娜{number}",
            office_code=office,
        )
        shown.scribe.tell(UUID(int=number), officer)


def keys(rows: list[dict[str, Any]], name: str) -> list[Any]:
    return [row[name] for row in rows]


@rule("R-903", "V-32")
def test_offices_have_their_tier_and_are_paged_by_code(shown: Shown) -> None:
    tell_offices(shown)
    page = shown.ask(offices.page, COUNTY, "", 3)
    assert keys(page, "code") == sorted(CODES)[:3]
    assert keys(page, "tier") == ["county", "township", "village"]
    rest = shown.ask(offices.page, COUNTY, page[-1]["code"], 3)
    assert keys(rest, "code") == [x.OTHER_TOWNSHIP]
    assert keys(shown.ask(offices.page, TOWNSHIP, "", 9), "code") == [
        x.TOWNSHIP,
        x.VILLAGE,
    ]


def test_a_renamed_office_has_its_new_name(shown: Shown) -> None:
    tell_offices(shown)
    shown.scribe.tell(UUID(int=int(x.VILLAGE)), OfficeRenamed(name="新名"))
    names = shown.ask(offices.names, [x.VILLAGE, x.COUNTY, "640399000000"])
    assert names == {x.VILLAGE: "新名", x.COUNTY: f"局 {x.COUNTY}"}


def test_officers_are_paged_by_id(shown: Shown) -> None:
    tell_officers(shown)
    page = shown.ask(officers.page, COUNTY, UUID(int=1), 2)
    assert keys(page, "name") == ["安娜2", "安娜3"]
    assert keys(shown.ask(officers.page, TOWNSHIP, UUID(int=0), 9), "staff_no") == [
        "A2",
        "A3",
    ]


def test_an_officer_of_a_foreign_log_is_a_label(shown: Shown) -> None:
    tell_officers(shown)
    label = SourceOfficerNamed(
        officer_id=UUID(int=9), label="Resource01", office_code=x.COUNTY
    )
    shown.scribe.tell(UUID(int=9), label)
    names = shown.ask(officers.names, [UUID(int=9), UUID(int=2), UUID(int=77)])
    assert names == {UUID(int=9): "Resource01", UUID(int=2): "安娜2"}
    row = shown.ask(officers.page, COUNTY, UUID(int=8), 9)[0]
    assert (row["is_from_source"], row["staff_no"]) == (True, None)


def test_a_post_has_its_holders_of_today(shown: Shown) -> None:
    for number, office in enumerate((x.TOWNSHIP, x.OTHER_TOWNSHIP), start=1):
        post = PostEstablished(
            post_id=UUID(int=number),
            office_code=office,
            name="综合窗口",
            primary=x.ANNA,
            backup=x.BO,
        )
        shown.scribe.tell(UUID(int=number), post)
    changed = PostHoldersChanged(primary=x.BO, backup=x.CHEN)
    shown.scribe.tell(UUID(int=1), changed)
    rows = shown.ask(posts.page, COUNTY, UUID(int=0), 9)
    held = [(row["primary_holder"], row["backup_holder"]) for row in rows]
    assert held == [(x.BO, x.CHEN), (x.ANNA, x.BO)]
    assert len(shown.ask(posts.page, TOWNSHIP, UUID(int=0), 9)) == 1


def test_an_item_is_shown_in_its_latest_version(shown: Shown) -> None:
    shown.scribe.tell(UUID(int=1), published(x.publish_item))
    later = replace(published(x.publish_item), version=2, promised_limit=10)
    shown.scribe.tell(UUID(int=1), later)
    another = replace(x.publish_item, item_code="Z" + x.ITEM[1:])
    shown.scribe.tell(UUID(int=2), published(another))
    first, second = shown.ask(items.page, "", 9)
    assert (first["version"], first["promised_limit"]) == (2, 10)
    assert (second["version"], second["promised_limit"]) == (1, 20)
    assert shown.ask(items.page, first["item_code"], 9) == [second]


def published(command: PublishItemVersion) -> Any:
    (event,) = decide(Item(), command)
    return event
