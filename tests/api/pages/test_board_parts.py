"""What stands beside the columns: offices below and above, windows, the trend."""

import re
from datetime import timedelta
from html import unescape

import pytest

from api.pages.board_content import Below, PostRow
from api.pages.board_parts import below, post_rows
from api.pages.board_rows import Named
from api.pages.board_source import scope_key
from api.pages.board_trend import KeptTrends
from api.pages.language import CHINESE, ENGLISH
from infra.database import Role
from tests import examples as x
from tests.api.county import County
from tests.api.pages.browser import Visitor
from tests.api.pages.test_board_page import board, days_later
from tests.rules import rule

OFFICES = {
    x.COUNTY: "盐池县政务服务中心",
    x.TOWNSHIP: "大水坑镇民生服务中心",
    x.VILLAGE: "大水坑村民生服务代办点",
    x.OTHER_TOWNSHIP: "惠安堡镇民生服务中心",
}
NAMED = Named(offices=OFFICES, officers={})


def part(html: str, begin: str, end: str) -> str:
    return unescape(html.split(begin, 1)[1].split(end, 1)[0])


@rule("R-903", "R-904")
def test_the_way_up_ends_at_ones_own_office(county: County) -> None:
    html = part(board(county, x.VILLAGE), 'class="above"', "</ol>")
    assert re.findall(r'href="([^"]*)"', html) == [
        f"/board?office={x.COUNTY}",
        f"/board?office={x.TOWNSHIP}",
    ]
    visitor = Visitor(county).signed_in_as(county.anna)
    own = visitor.get(f"/board?office={x.TOWNSHIP}").text
    assert "href" not in part(own, 'class="above"', "</ol>")


def test_the_offices_below_stand_with_their_overdue_cases(county: County) -> None:
    county.accepted()
    days_later(county, 40)
    html = part(board(county), "<ul data-below>", "</ul>")
    assert re.findall(r'href="([^"]*)"', html) == [
        f"/board?office={x.TOWNSHIP}",
        f"/board?office={x.OTHER_TOWNSHIP}",
    ]
    assert re.findall(r'<b class="red">(\d+)<', html) == ["1", "0"]


def test_below_a_village_there_is_nothing(county: County) -> None:
    assert "data-below" not in board(county, x.VILLAGE)
    assert below([], x.VILLAGE, NAMED, None) == []
    assert below([], x.TOWNSHIP, NAMED, None) == [
        Below(f"/board?office={x.VILLAGE}", "大水坑村", 0, 0)
    ]


@rule("R-434")
def test_windows_are_told_with_what_they_finished(county: County) -> None:
    county.decided()
    html = part(board(county), "data-posts", "</section>")
    first, *_ = re.findall(r'<li class="post">(.*?)</li>', html, re.DOTALL)
    assert f"/cases?office={x.TOWNSHIP}&post={x.WINDOW}" in first
    assert "大水坑镇 · 综合窗口" in first
    numbers = re.findall(r'<(?:b|span) class="([a-z-]+)">([^<]*)<', first)
    assert dict(numbers) == {
        "finished": "1",
        "today": "1",
        "average": "0.0",
        "on-time": "100%",
    }


def test_an_idle_window_has_no_average() -> None:
    idle = {"post_id": x.WINDOW, "office_code": x.TOWNSHIP, "name": "综合窗口"}
    idle |= dict.fromkeys(("finished_today", "finished", "averaged"), 0)
    idle |= {"average_workdays": None, "judged_on_time": 0, "on_time": 0}
    (row,) = post_rows([idle], NAMED)
    assert row == PostRow(
        href=f"/cases?office={x.TOWNSHIP}&post={x.WINDOW}",
        name="综合窗口",
        today=0,
        finished=0,
        share=0,
        average="—",
        on_time="—",
        told="平均用时按 0 件计，按时率按 0 件计",
    )


@rule("R-403")
def test_the_trend_is_also_a_table(county: County) -> None:
    county.accepted()
    days_later(county, 34)
    rows = part(board(county), '<tbody id="trend">', "</tbody>").split("</tr>")
    cells = [re.findall(r">([^<>\n]+)</t[hd]>", row) for row in rows]
    told = [row for row in cells if row]
    assert len(told) == 31
    assert told[0] == ["09-21", "1", "0", "0"]
    assert told[-1] == ["现在", "0", "1", "0"]


def test_past_days_are_read_again_after_a_while(county: County) -> None:
    county.accepted()
    board(county)
    services = county.world.services
    now = county.world.now() + timedelta(days=2)
    with services.database.transaction(Role.READER) as cursor:
        kept = KeptTrends(seconds=3600)
        first = kept.past(cursor, x.COUNTY, now)
        assert kept.past(cursor, x.COUNTY, now) is first
        assert kept.past(cursor, x.COUNTY, now + timedelta(days=1)) is not first
        fresh = KeptTrends(seconds=0)
        assert fresh.past(cursor, x.COUNTY, now) is not fresh.past(
            cursor, x.COUNTY, now
        )


@pytest.mark.parametrize("office", [x.COUNTY, x.TOWNSHIP])
def test_every_figure_opens_into_its_cases(county: County, office: str) -> None:
    county.case()
    html = board(county, office)
    visitor = Visitor(county).signed_in_as(county.supervisor)
    figures = part(html, '<dl class="figures">', "</dl>")
    links = re.findall(r'<a href="([^"]*)"', figures)
    assert len(links) == 6
    for address in links:
        response = visitor.get(address)
        assert response.status_code == 200
        assert f"office={office}" in address


def test_the_past_has_no_windows_but_a_trend(county: County) -> None:
    county.decided()
    then = county.world.now().isoformat()
    html = board(county, at=then)
    assert "data-posts" not in html
    assert '<tbody id="trend">' in html


def test_an_unknown_language_is_no_audience_of_its_own() -> None:
    assert scope_key(x.COUNTY, "tlh") == scope_key(x.COUNTY, CHINESE)
    assert scope_key(x.COUNTY, ENGLISH) != scope_key(x.COUNTY, CHINESE)
