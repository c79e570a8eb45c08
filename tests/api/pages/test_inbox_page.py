"""The inbox page: what it says, to whom, and that opening is reading."""

import re

import pytest

from tests import examples as x
from tests.api.county import Caller, County
from tests.api.inbox import red_case
from tests.api.pages.browser import OWN, Visitor
from tests.rules import rule

ACTION = re.compile(r'action="(/inbox/[^"]+/(?:open|read))"')


@pytest.fixture
def warned(county: County) -> County:
    red_case(county.world)
    county.show()
    return county


def page_of(county: County, caller: Caller, path: str = "/inbox") -> str:
    return Visitor(county).signed_in_as(caller).get(path).text


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@rule("R-401", "R-402")
def test_it_tells_kind_item_office_dates_and_state(warned: County) -> None:
    html = page_of(warned, warned.anna)
    for word in ("超期", "最低生活保障", x.CASE_NO, "大水坑镇", "2026-10-21"):
        assert word in words(html)
    assert "2026-10-22 09:00:00" in words(html)
    assert 'class="tier tier-red"' in html
    assert "未读 1 件" in words(html)


@rule("R-401")
def test_opening_marks_it_read_and_leads_to_the_case(warned: County) -> None:
    opening, _ = ACTION.findall(page_of(warned, warned.anna))
    opened = Visitor(warned).signed_in_as(warned.anna).send(opening, OWN)
    assert (opened.status_code, opened.headers["location"]) == (
        303,
        f"/cases/{x.CASE}",
    )
    warned.show()
    assert "没有未读通知" in words(page_of(warned, warned.anna))
    assert "已读 clerk-" in words(page_of(warned, warned.bo, "/inbox?show=all"))


@rule("R-401")
def test_marking_read_leads_back_to_the_list(warned: County) -> None:
    _, marking = ACTION.findall(page_of(warned, warned.anna))
    visitor = Visitor(warned).signed_in_as(warned.anna)
    for back, there in (
        ("/inbox?show=all", "/inbox?show=all"),
        ("//evil.example", "/"),
        ("", f"/inbox?office={x.TOWNSHIP}"),
    ):
        marked = visitor.send(marking, OWN, back=back)
        assert (marked.status_code, marked.headers["location"]) == (303, there)
    assert visitor.send(marking, {}, back="/inbox").status_code == 403


@rule("R-904")
def test_who_is_above_may_look_but_not_mark(warned: County) -> None:
    html = page_of(warned, warned.supervisor, f"/inbox?office={x.TOWNSHIP}")
    assert ACTION.findall(html) == []
    assert f'href="/cases/{x.CASE}"' in html
    assert "不能标记已读" in html
    own = page_of(warned, warned.supervisor)
    assert f"/inbox?office={x.TOWNSHIP}" in own
    assert len(ACTION.findall(own)) == 2
    stranger = page_of(warned, warned.stranger, f"/inbox?office={x.TOWNSHIP}")
    assert "最低生活保障" not in stranger


def test_an_empty_inbox_says_so(county: County) -> None:
    county.show()
    assert "没有未读通知" in page_of(county, county.chen)
    assert "还没有收到过通知" in page_of(county, county.chen, "/inbox?show=all")


def test_whoever_is_not_signed_in_is_sent_to_sign_in(county: County) -> None:
    county.client.cookies.clear()
    response = Visitor(county).get("/inbox")
    assert response.headers["location"] == "/login?next=%2Finbox"
