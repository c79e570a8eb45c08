"""The page of a case: what it says, to whom, and what it never shows."""

import re
from pathlib import Path

import pytest

from consumers.foreign_log.importing import import_log
from infra.subjects.streams import source_case_id
from tests import examples as x
from tests.api.county import PARTY, Caller, County
from tests.api.pages.browser import Visitor
from tests.api.pages.long_case import live_long_case
from tests.consumers.small_log import rows, write
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
    assert outside == words_of(county, county.stranger, f"/cases/{x.CASE}")
    assert "没有找到该页面" in outside
    response = Visitor(county).signed_in_as(county.stranger).get(case)
    assert response.status_code == 404


def test_an_id_that_is_none_gets_a_page_too(county: County) -> None:
    response = Visitor(county).signed_in_as(county.anna).get("/cases/1")
    assert response.status_code == 422
    assert "地址或表单不正确" in response.text


def test_it_tells_whose_turn_it_is(county: County) -> None:
    case = county.case()
    assert "未受理 受理后计时" in words_of(county, county.anna, case)
    assert "轮到谁 窗口 一次性告知；尚缺材料 2 项" in words_of(
        county, county.anna, case
    )
    county.anna.post(f"{case}/notice", {})
    assert "轮到谁 申请人 尚缺材料 2 项" in words_of(county, county.anna, case)
    assert "电话 0953-1" in words_of(county, county.anna, case)


@rule("R-151")
@rule("R-607")
def test_the_limit_is_counted_day_by_day(county: County) -> None:
    words = words_of(county, county.anna, county.accepted())
    assert "已用 0 / 20 个工作日" in words
    assert "9-17 起 9-18 1 9-19 休 9-20 2 班 9-21 3" in words
    assert "10-21 20" in words
    told = "2026年10月1日—2026年10月7日 放假，不计（国办发明电〔2025〕7号）"
    assert told in words


def test_steps_tell_the_working_days_between(county: County) -> None:
    live_long_case(county.world)
    words = words_of(county, county.supervisor, f"/cases/{x.CASE}")
    assert "相隔 20 个工作日 2026-10-28 11:00:00 办结" in words
    assert "超期办结 已用 22 / 20 个工作日" in words
    assert "按期办结 已用 22 / 30 个工作日" in words


@rule("A-03")
def test_an_imported_case_tells_its_findings(county: County, tmp_path: Path) -> None:
    import_log(county.world.services, *write(tmp_path, rows(2)))
    path = f"/cases/{source_case_id('small', 'c1')}"
    words = words_of(county, county.supervisor, path)
    assert "疑点" in words
    assert "超过源系统期限才办结 A-03" in words
    assert "超期办结 超出 3 天 17 小时 按源日志，不重新计算" in words


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
