"""Board and case page in a real browser: whole, live, by keyboard, and honest."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.authority import Role
from infra.accounts import add_account
from tests import examples as x
from tests.api.pages.site import Site, site
from tests.api.pages.window import MISPLACED, SMALL, WALL, window
from tests.world import World, accept_case, open_case

pytestmark = pytest.mark.browser
BOARD = f"/board?office={x.COUNTY}"
PASSWORD = "correct horse"  # noqa: S105  of an account made here


@pytest.fixture
def opened(settled: World) -> Iterator[Site]:
    open_case(settled)
    accept_case(settled)
    with site(settled.services) as running:
        yield running


def live_board(page: Page, opened: Site) -> None:
    page.goto(opened.url + BOARD)
    expect(page.locator("#connection")).to_have_text("实时")


@pytest.mark.parametrize("size", [SMALL, WALL])
def test_the_board_fits_its_screen(
    browser: Browser, opened: Site, size: tuple[int, int]
) -> None:
    with window(browser, opened, size) as page:
        live_board(page, opened)
        expect(page.locator("[data-column=green] .item")).to_have_text("最低生活保障")
        expect(page.get_by_text("模拟数据")).to_be_visible()
        assert page.evaluate(MISPLACED) == []
        ends = page.locator("main").bounding_box()
        assert ends is not None
        assert ends["y"] + ends["height"] <= size[1]


@pytest.mark.parametrize("size", [SMALL, WALL])
def test_the_case_page_fits_its_screen(
    browser: Browser, opened: Site, size: tuple[int, int]
) -> None:
    with window(browser, opened, size) as page:
        page.goto(f"{opened.url}/cases/{x.CASE}")
        expect(page.locator(".tier")).to_have_text("正常")
        expect(page.locator(".timeline li")).to_have_count(4)
        assert page.evaluate(MISPLACED) == []


def test_what_happens_appears_without_reloading(
    browser: Browser, settled: World, opened: Site
) -> None:
    with window(browser, opened) as page:
        live_board(page, opened)
        open_case(settled, UUID(int=2))
        expect(page.locator("#ticker li").first).to_contain_text("确定首问责任人")
        expect(page.locator("[data-figure=pending]")).to_have_text("1")
        expect(page.locator("[data-figure=open]")).to_have_text("2")


def test_a_case_is_reached_by_keyboard(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        live_board(page, opened)
        link = page.locator("[data-column=green] .item")
        for _ in range(30):
            page.keyboard.press("Tab")
            if link.evaluate("e => e === document.activeElement"):
                break
        expect(link).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("最低生活保障")
        assert page.url.endswith(f"/cases/{x.CASE}")


def test_old_data_are_grey_and_said_to_be_old(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        page.clock.install()
        live_board(page, opened)
        expect(page.locator("#stale")).to_be_hidden()
        opened.stop()
        expect(page.locator("#connection")).to_have_text("断开")
        page.clock.run_for(25_000)
        expect(page.locator("#stale")).to_contain_text("数据已停止更新")
        expect(page.locator("body")).to_have_class(re.compile(r"\bis-stale\b"))


def test_the_past_stands_still(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        past = "&effective_at=2026-09-17T09:00:30%2B08:00"
        page.goto(opened.url + BOARD + past)
        expect(page.get_by_text("截至 2026-09-17 09:00:30")).to_be_visible()
        expect(page.locator("#connection")).to_have_count(0)


def test_without_scripts_it_is_a_picture(browser: Browser, opened: Site) -> None:
    with window(browser, opened, scripts=False) as page:
        page.goto(opened.url + BOARD)
        expect(page.locator("[data-column=green] .left")).to_have_text("余 20 个工作日")
        expect(page.locator("#ticker li").first).to_be_visible()


def test_signing_in_leads_to_ones_own_board(
    browser: Browser, settled: World, opened: Site
) -> None:
    add_account(
        settled.services.database,
        name="anna",
        password=PASSWORD,
        role=Role.CLERK,
        office_code=x.TOWNSHIP,
    )
    with window(browser, opened, account=None) as page:
        page.goto(opened.url)
        expect(page.get_by_label("账号")).to_be_focused()
        page.keyboard.type("anna")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator(".office")).to_contain_text("大水坑镇民生服务中心")
        expect(page.locator("#connection")).to_have_text("实时")
        page.get_by_role("button", name="退出").click()
        expect(page.locator("h1")).to_have_text("登录")
