"""The board without scripts: figures, columns, scope, and the past."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from infra.clock import set_simulated_clock
from projections.all_views import ALL
from projections.runner import Runner
from tests import examples as x
from tests.api.county import GRANT, County
from tests.api.pages.browser import Visitor
from tests.rules import rule
from tests.world import START


def project(county: County) -> None:
    services = county.world.services
    Runner(services.log, services.database, ALL).catch_up()


def board(county: County, office: str = x.COUNTY, at: str = "") -> str:
    """The board's markup, as the county's supervisor sees it."""
    project(county)
    past = f"&effective_at={quote(at)}" if at else ""
    visitor = Visitor(county).signed_in_as(county.supervisor)
    response = visitor.get(f"/board?office={office}{past}")
    assert response.status_code == 200, response.text
    return response.text


def figure(html: str, key: str) -> str:
    found = re.search(rf'data-figure="{key}"[^>]*>([^<]*)<', html)
    assert found, key
    return found.group(1)


def count(html: str, tier: str) -> int:
    found = re.search(rf'data-column="{tier}".*?data-count>(\d+)<', html, re.DOTALL)
    assert found, tier
    return int(found.group(1))


def days_later(county: County, days: int) -> None:
    database = county.world.services.database
    set_simulated_clock(database, START + timedelta(days=days), 1)


@rule("R-402")
def test_tiers_are_told_by_colour_shape_and_word(county: County) -> None:
    html = board(county)
    for tier, word in (("red", "超期"), ("yellow", "预警"), ("green", "正常在办")):
        assert f'class="shape shape-{tier}"' in html
        link = f'<a href="/cases?office={x.COUNTY}&amp;tier={tier}">{word}</a>'
        assert f'<h2 id="title-{tier}">{link}</h2>' in html


@rule("R-403", "R-408")
@pytest.mark.parametrize(
    ("days", "tier", "words"),
    [
        (0, "green", "余 20 个工作日"),
        (33, "yellow", "余 1 个工作日"),
        (36, "red", "超 2 个工作日"),
        (60, "red", "超法定时限"),
    ],
)
def test_a_case_moves_through_the_columns(
    county: County, days: int, tier: str, words: str
) -> None:
    case = county.accepted()
    days_later(county, days)
    html = board(county)
    assert count(html, tier) == 1
    assert figure(html, tier) == figure(html, "open") == "1"
    assert words in html
    assert f'href="{case}"' in html


def test_a_case_without_a_limit_is_not_invisible(county: County) -> None:
    county.case()
    html = board(county)
    assert figure(html, "pending") == figure(html, "open") == "1"
    address = f"/cases?office={x.COUNTY}&tier=pending"
    assert address.replace("&", "&amp;") in html
    visitor = Visitor(county).signed_in_as(county.supervisor)
    assert "未受理" in visitor.get(address).text


@rule("R-434", "R-440")
def test_where_there_is_nothing_to_measure_it_says_so(county: County) -> None:
    html = board(county)
    assert figure(html, "average") == figure(html, "satisfaction") == "—"
    assert html.count("<small>无数据</small>") == 2
    assert figure(html, "finished_today") == "0"


@rule("R-434", "R-440", "R-159")
def test_finished_work_is_measured(county: County) -> None:
    case = county.decided()
    rating = {"level": "satisfied", "channel": "hall_tablet"}
    county.evaluator.post(f"{case}/rating", rating)
    html = board(county)
    assert figure(html, "finished_today") == "1"
    assert figure(html, "average") == "0.0"
    assert figure(html, "satisfaction") == "100"
    assert "前三级÷有效评价 n=1" in html
    assert figure(html, "open") == "0"


@rule("R-904")
def test_a_scope_is_an_office_and_all_below_it(county: County) -> None:
    county.case()
    seen = {
        office: figure(board(county, office), "open")
        for office in (x.COUNTY, x.TOWNSHIP, x.OTHER_TOWNSHIP, x.VILLAGE)
    }
    assert seen == {
        x.COUNTY: "1",
        x.TOWNSHIP: "1",
        x.OTHER_TOWNSHIP: "0",
        x.VILLAGE: "0",
    }


@rule("R-904")
@pytest.mark.parametrize(
    ("office", "status"),
    [(x.COUNTY, 403), (x.OTHER_TOWNSHIP, 403), ("640323101299", 404), ("64", 422)],
)
def test_what_cannot_be_seen_is_told_on_a_page(
    county: County, office: str, status: int
) -> None:
    response = Visitor(county).signed_in_as(county.anna).get(f"/board?office={office}")
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")


def test_the_past_is_shown_as_it_was_and_stands_still(county: County) -> None:
    case = county.accepted()
    then = county.world.now().isoformat()
    days_later(county, 40)
    county.anna.post(f"{case}/decision", GRANT)
    html = board(county, at=then)
    assert (figure(html, "open"), figure(html, "green")) == ("1", "1")
    assert "余 20 个工作日" in html
    assert "截至 2026-09-17 09:0" in html
    assert "data-stream" not in html
    assert "已办结" not in html


def test_the_past_has_the_same_figures_as_the_api(county: County) -> None:
    county.accepted()
    days_later(county, 33)
    then = county.world.now().isoformat()
    days_later(county, 60)
    html = board(county, at=then)
    told = county.supervisor.get(
        "/views/warnings/counts", office=x.COUNTY, effective_at=then
    ).json()
    assert figure(html, "open") == str(told["open"])
    assert figure(html, "red") == str(told["overdue"])
    assert figure(html, "begun") == str(told["started_by"])
    assert figure(html, "yellow") == str(told["tiers"]["yellow"]) == "1"


def test_an_applicant_is_not_on_the_wall(county: County) -> None:
    county.accepted()
    html = board(county)
    assert "张" not in html


def test_before_any_projector_has_run_it_says_so(county: County) -> None:
    visitor = Visitor(county).signed_in_as(county.supervisor)
    response = visitor.get(f"/board?office={x.COUNTY}")
    assert response.status_code == 503
    assert "看板数据尚未建立" in response.text


def test_a_strayed_browser_gets_a_page(county: County) -> None:
    response = county.client.get("/boards", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "没有找到该页面" in response.text
