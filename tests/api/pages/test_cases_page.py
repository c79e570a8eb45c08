"""The list behind a figure: narrowed, in order, in pages, and never beyond a scope."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from api.pages import cases_content
from tests import examples as x
from tests.api.county import GRANT, County
from tests.api.pages.browser import Visitor
from tests.api.pages.test_board_page import days_later
from tests.rules import rule


def listed(county: County, office: str = x.COUNTY, **narrowed: str) -> str:
    """The page as the county's supervisor sees it."""
    county.show()
    visitor = Visitor(county).signed_in_as(county.supervisor)
    query = urlencode({"office": office} | narrowed)
    response = visitor.get(f"/cases?{query}")
    assert response.status_code == 200, response.text
    return unescape(response.text)


def rows(html: str) -> list[str]:
    return re.findall(r"<tr>\s*<td>(.*?)</tr>", html, re.DOTALL)


def hrefs(html: str) -> list[str]:
    found = (re.search(r'href="(/cases/[^"]*)"', row) for row in rows(html))
    return [each.group(1) for each in found if each]


@rule("R-403")
def test_a_tier_opens_into_its_cases(county: County) -> None:
    old = county.accepted()
    days_later(county, 40)
    new = county.accepted()
    assert hrefs(listed(county)) == [old, new]  # the most urgent first
    assert hrefs(listed(county, tier="red")) == [old]
    assert hrefs(listed(county, tier="green")) == [new]
    assert hrefs(listed(county, tier="yellow")) == []
    assert "没有符合条件的办件" in listed(county, tier="yellow")


@rule("R-402")
def test_a_row_tells_tier_time_step_and_officer(county: County) -> None:
    county.accepted()
    (row,) = rows(listed(county))
    assert 'class="tier tier-green"' in row
    for told in ("正常", "余 20 个工作日", "最低生活保障", "受理", "综合窗口"):
        assert told in row
    assert "张" not in row


def test_what_has_no_limit_yet_can_be_seen(county: County) -> None:
    case = county.case()
    html = listed(county, tier="pending")
    assert hrefs(html) == [case]
    assert "未受理" in html


def test_cases_finished_on_a_day(county: County) -> None:
    case, today = county.accepted(), "2026-09-17"
    county.anna.post(f"{case}/decision", GRANT)
    html = listed(county, day=today)
    assert hrefs(html) == [case]
    assert "2026年9月17日办结的办件" in html
    assert "按时办结" in html
    assert hrefs(listed(county, day="2026-09-18")) == []


def test_one_window_only(county: County) -> None:
    case = county.accepted()
    assert hrefs(listed(county, post=str(x.WINDOW))) == [case]
    assert hrefs(listed(county, post=str(x.OTHER_WINDOW))) == []


def test_the_past_as_it_was(county: County) -> None:
    case = county.accepted()
    then = county.world.now().isoformat()
    days_later(county, 40)
    county.anna.post(f"{case}/decision", GRANT)
    html = listed(county, effective_at=then, tier="green")
    assert hrefs(html) == [case]
    assert "截至 2026-09-17" in html
    assert hrefs(listed(county)) == []


def test_many_cases_have_pages(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases_content, "ROWS", 2)
    for _ in range(3):
        county.case()
    first, second = listed(county), listed(county, page="2")
    assert (len(rows(first)), len(rows(second))) == (2, 1)
    assert "第 1 / 2 页" in first
    assert f'rel="next" href="/cases?office={x.COUNTY}&page=2"' in first
    assert f'rel="prev" href="/cases?office={x.COUNTY}"' in second
    assert "第 2 / 2 页" in listed(county, page="9")


@rule("R-904")
@pytest.mark.parametrize(
    ("query", "status"),
    [
        (f"office={x.COUNTY}", 403),
        (f"office={x.OTHER_TOWNSHIP}", 403),
        ("office=640323101299", 404),
        ("office=64", 422),
        (f"office={x.TOWNSHIP}&tier=purple", 422),
        (f"office={x.TOWNSHIP}&page=0", 422),
    ],
)
def test_beyond_the_scope_there_is_nothing(
    county: County, query: str, status: int
) -> None:
    county.show()
    response = Visitor(county).signed_in_as(county.anna).get(f"/cases?{query}")
    assert response.status_code == status


def test_a_visitor_signs_in_first(county: County) -> None:
    response = Visitor(county).get(f"/cases?office={x.COUNTY}")
    assert response.status_code == 303
    assert response.headers["location"].startswith("/login?next=")
