"""The replay of a case: any step as it then stood, for those who may see the case."""

import re
from pathlib import Path
from uuid import uuid5

import pytest

from api.pages.language import COOKIE, ENGLISH
from consumers.foreign_log.importing import import_log
from infra.replay import as_of, to_plain
from infra.replay_steps import replayed
from infra.subjects.streams import source_case_id
from tests import examples as x
from tests.api.county import PARTY, County
from tests.api.pages.browser import Visitor
from tests.api.pages.long_case import live_long_case
from tests.api.pages.test_case_page import words_of
from tests.consumers.small_log import rows, write
from tests.rules import rule

REPLAY = f"/cases/{x.CASE}/replay"


@pytest.fixture
def lived(county: County) -> County:
    live_long_case(county.world)
    return county


def shown(county: County, query: str = "") -> str:
    """The words of the page without the steps that a script would show."""
    html = Visitor(county).signed_in_as(county.supervisor).get(REPLAY + query).text
    seen = re.sub(r"<template id=\"moments\">.*</template>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", seen).split())


@pytest.mark.parametrize("axis", ["effective", "recorded"])
def test_each_step_is_the_state_at_its_instant(lived: County, axis: str) -> None:
    log = lived.world.services.log
    found = replayed(log, x.CASE, axis)  # type: ignore[arg-type]
    assert found is not None
    for step, after in zip(found.steps, [*found.steps[1:], None], strict=True):
        if after is not None and after.at == step.at:
            continue  # two events of one command: the log knows no instant between
        then = as_of(log, x.CASE, step.at, axis)  # type: ignore[arg-type]
        assert then is not None
        assert to_plain(step) == to_plain(then)


def test_the_last_step_is_shown_first(lived: County) -> None:
    words = shown(lived)
    assert "第 9 / 9 步：群众评价 2026-10-30 15:00" in words
    assert "满意" in words


def test_a_step_tells_old_and_new(lived: County) -> None:
    words = shown(lived, "?event=6")
    assert "责任人 变更 安娜 → 薄明" in words
    assert "变更 1 项：责任人" in words
    assert "剩余时限 随时间变化 余 20 个工作日 → 余 18 个工作日" in words
    assert "非工作时间" in words


@rule("R-402")
@rule("R-403")
def test_what_a_decision_ends_is_the_tier_right_before_it(lived: County) -> None:
    words = shown(lived, "?event=7")
    assert "预警等级 变更 超期 → —" in words
    assert "预警等级 — 剩余时限 已办结" in shown(lived, "?event=9")
    assert "剩余时限 变更 超 2 个工作日 → 已办结" in words


def test_it_tells_who_where_and_by_which_rules(lived: County) -> None:
    words = shown(lived, "?event=7")
    for word in ("操作账号 anna", "窗口 3 号机", "预警规则 第 1 版", "事项 第 1 版"):
        assert word in words
    assert "case.decided.v1" in words
    assert "发生时间 2026-10-28 11:00:00" in words
    assert "记录时间 2026-10-28 11:00:00" in words


def test_an_instant_between_two_steps_has_its_own_clock(lived: County) -> None:
    words = shown(lived, "?at=2026-10-26T10:00")
    assert "第 6 / 9 步" in words
    assert "今日到期" in words
    assert "那一时刻还没有这一办件" in shown(lived, "?at=2020-01-01T00:00")
    assert "时刻写法不正确" in shown(lived, "?at=yesterday")


def test_a_step_that_never_was_is_told_beside_the_nearest(lived: County) -> None:
    for asked, number, told in (
        (-3, 1, "没有第 -3 步，以下是首步。"),
        (0, 1, "没有第 0 步，以下是首步。"),
        (99, 9, "没有第 99 步，以下是末步。"),
    ):
        words = shown(lived, f"?event={asked}")
        assert f"第 {number} / 9 步" in words
        assert told in words
    assert "没有第" not in shown(lived, "?event=9")


@rule("R-108")
def test_no_limit_runs_before_the_acceptance(lived: County) -> None:
    assert "预警等级 未受理 剩余时限 受理后计时" in shown(lived, "?event=1")


def test_english_words_are_joined_in_english(lived: County) -> None:
    lived.client.cookies.set(COOKIE, ENGLISH)
    assert "Window, Intake; " in shown(lived, "?event=1")
    for number in (3, 7, 99):
        words = shown(lived, f"?event={number}")
        assert not re.search(r"[a-z][；、：，。]|[；、：，][A-Za-z]", words)


@rule("R-811")
def test_no_person_is_named(lived: County) -> None:
    page = Visitor(lived).signed_in_as(lived.supervisor).get(REPLAY).text
    assert "张**" in page
    assert str(PARTY["name"]) not in page
    assert str(PARTY["number"]) not in page


@rule("R-904")
def test_out_of_scope_reads_like_missing(lived: County) -> None:
    outside = words_of(lived, lived.stranger, REPLAY)
    assert outside == words_of(
        lived, lived.stranger, f"/cases/{uuid5(x.CASE, 'none')}/replay"
    )
    assert "没有找到该页面" in outside


def test_nothing_but_own_scripts_and_styles(lived: County) -> None:
    page = Visitor(lived).signed_in_as(lived.supervisor).get(REPLAY).text
    assert not re.search(r"<script>|<style|\sstyle=|\son\w+=|https?://", page)


def test_an_imported_case_keeps_both_times_apart(
    county: County, tmp_path: Path
) -> None:
    services = county.world.services
    import_log(services, *write(tmp_path, rows(1)))
    path = f"/cases/{source_case_id('small', 'c0')}/replay"
    words = words_of(county, county.supervisor, f"{path}?event=3")
    assert "导入" in words
    assert "发生时间 2026-09-02 09:30:00" in words
    assert "导入补录 +14 天 23 小时" in words
    assert "对应“受理”" in words
