"""The page of a case: what it says, to whom, and what it never shows."""

import re

import pytest

from tests import examples as x
from tests.api.county import PARTY, Caller, County
from tests.api.pages.browser import Visitor
from tests.rules import rule


def words_of(county: County, caller: Caller, path: str) -> str:
    """The page's text without its markup."""
    html = Visitor(county).signed_in_as(caller).get(path).text
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@rule("R-401")
def test_it_tells_state_limit_and_every_step(county: County) -> None:
    words = words_of(county, county.anna, county.accepted())
    for word in ("最低生活保障", "正常", "余 20 个工作日", "安娜", "综合窗口"):
        assert word in words
    for step in ("收件", "首问负责", "收到材料", "受理", "受〔2026〕1号"):
        assert step in words
    assert "2026年10月21日" in words
    assert words.count("记录于 2026-09-17 09:0") == 4


@rule("R-811")
def test_the_applicant_is_masked(county: County) -> None:
    words = words_of(county, county.anna, county.case())
    assert "张**" in words
    assert str(PARTY["name"]) not in words
    assert str(PARTY["number"]) not in words


@rule("R-904")
def test_out_of_scope_reads_like_missing(county: County) -> None:
    case = county.case()
    outside = words_of(county, county.stranger, case)
    assert outside == words_of(county, county.anna, f"/cases/{x.CASE}")
    assert "没有找到该页面" in outside
    response = Visitor(county).signed_in_as(county.stranger).get(case)
    assert response.status_code == 404


def test_an_id_that_is_none_gets_a_page_too(county: County) -> None:
    response = Visitor(county).signed_in_as(county.anna).get("/cases/1")
    assert response.status_code == 422
    assert "地址或表单不正确" in response.text


def test_a_finished_case_has_no_tier(county: County) -> None:
    words = words_of(county, county.anna, county.decided())
    assert "已办结" in words
    assert "准予" in words


def test_every_page_says_that_the_log_is_simulated(county: County) -> None:
    for path in ("/login", county.case(), f"/cases/{x.CASE}"):
        assert "模拟数据" in words_of(county, county.anna, path)


@pytest.mark.parametrize("path", ["/login", f"/cases/{x.CASE}"])
def test_pages_let_nothing_in_from_elsewhere(county: County, path: str) -> None:
    response = Visitor(county).signed_in_as(county.anna).get(path)
    policy = response.headers["content-security-policy"]
    for part in ("default-src 'none'", "script-src 'self'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script>|<style|\sstyle=|\son\w+=|https?://", response.text)
