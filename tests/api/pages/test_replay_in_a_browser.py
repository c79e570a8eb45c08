"""The replay in a real browser: by keyboard, by time, by link, and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import examples as x
from tests.api.pages.long_case import live_long_case
from tests.api.pages.site import Site, site
from tests.api.pages.window import MISPLACED, SMALL, WALL, window
from tests.world import World

pytestmark = pytest.mark.browser
REPLAY = f"/cases/{x.CASE}/replay"
IS_IN_LIST = """() => {
  const box = (e) => e.getBoundingClientRect();
  const here = box(document.querySelector("[data-go][aria-current]"));
  const list = box(document.querySelector(".event-list"));
  return here.top >= list.top - 1 && here.bottom <= list.bottom + 1;
}"""


@pytest.fixture
def opened(settled: World) -> Iterator[Site]:
    live_long_case(settled)
    with site(settled.services) as running:
        yield running


def told(page: Page, number: int) -> None:
    """The page shows that step everywhere, and its address says so."""
    expect(page.locator("#told")).to_contain_text(f"第 {number} / 9 步")
    slider = page.locator("#slider")
    expect(slider).to_have_value(str(number))
    expect(slider).to_have_attribute(
        "aria-valuetext", page.locator("#told").inner_text()
    )
    expect(page.locator(".moment")).to_have_attribute("data-number", str(number))
    here = page.locator("[data-go][aria-current=step]")
    expect(here).to_have_count(1)
    expect(here).to_have_attribute("data-go", str(number))


def test_the_slider_goes_by_keyboard(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        page.goto(opened.url + REPLAY)
        page.locator("#slider").focus()
        for key, number in (
            ("Home", 1),
            ("ArrowRight", 2),
            ("ArrowUp", 1),
            ("End", 9),
            ("ArrowLeft", 8),
        ):
            page.keyboard.press(key)
            told(page, number)
        assert page.url.endswith("event=8&axis=effective")


def test_letters_and_arrows_go_wherever_one_is(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        page.goto(f"{opened.url}{REPLAY}?event=5")
        page.keyboard.press("j")
        told(page, 6)
        expect(page.locator(".is-changed")).to_contain_text("安娜 → 薄明")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("k")
        told(page, 6)
        page.reload()
        told(page, 6)


def test_home_and_end_go_wherever_nothing_is_typed(
    browser: Browser, opened: Site
) -> None:
    with window(browser, opened) as page:
        page.goto(f"{opened.url}{REPLAY}?event=99")
        expect(page.locator("#notice")).to_contain_text("没有第 99 步")
        page.keyboard.press("Home")
        told(page, 1)
        expect(page.locator("#notice")).to_have_count(0)
        page.keyboard.press("End")
        told(page, 9)
        page.get_by_label("到某一时刻").focus()
        page.keyboard.press("Home")
        told(page, 9)


def test_the_current_step_is_marked_on_the_line(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        page.goto(f"{opened.url}{REPLAY}?event=5")
        page.keyboard.press("j")
        here, dot = page.locator("#here"), page.locator("[data-dot='6']")
        expect(here).to_have_text("6")
        assert here.get_attribute("x") == dot.get_attribute("cx")


def test_it_plays_to_the_end_and_stops(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        page.clock.install()
        page.goto(f"{opened.url}{REPLAY}?event=7")
        page.keyboard.press("Space")
        expect(page.locator("#play")).to_have_text("暂停")
        page.clock.run_for(2100)
        told(page, 8)
        page.clock.run_for(4000)
        told(page, 9)
        expect(page.locator("#play")).to_have_text("播放")


def test_links_and_list_do_not_reload(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        page.goto(opened.url + REPLAY)
        page.evaluate("window.same = true")
        page.get_by_role("link", name="上一步").click()
        told(page, 8)
        page.locator("[data-go='3']").click()
        told(page, 3)
        page.get_by_role("link", name="按记录时间").click()
        expect(page.locator(".axis [aria-current]")).to_have_text("按记录时间")
        told(page, 3)


def test_without_scripts_links_lead_from_step_to_step(
    browser: Browser, opened: Site
) -> None:
    with window(browser, opened, scripts=False) as page:
        page.goto(f"{opened.url}{REPLAY}?event=6")
        expect(page.locator("#slider")).to_be_hidden()
        expect(page.locator(".is-changed")).to_contain_text("安娜 → 薄明")
        page.get_by_role("link", name="下一步").click()
        expect(page.locator("#told")).to_contain_text("第 7 / 9 步")
        page.get_by_label("到某一时刻").fill("2026-10-26T10:00:00")
        page.get_by_role("button", name="查看").click()
        expect(page.locator("#told")).to_contain_text("第 6 / 9 步")
        expect(page.locator(".state-head")).to_contain_text("今日到期")


@pytest.mark.parametrize("size", [SMALL, WALL])
def test_it_fits_its_screen(
    browser: Browser, opened: Site, size: tuple[int, int]
) -> None:
    with window(browser, opened, size) as page:
        for path in (REPLAY, f"/cases/{x.CASE}"):
            page.goto(opened.url + path)
            expect(page.locator("h1")).to_contain_text("最低生活保障")
            assert page.evaluate(MISPLACED) == []


def test_the_list_shows_the_step_it_marks(browser: Browser, opened: Site) -> None:
    with window(browser, opened, (1366, 500)) as page:
        page.goto(opened.url + REPLAY)
        assert page.evaluate(IS_IN_LIST)
        assert page.evaluate("document.querySelector('.event-list').scrollTop") > 0
        for number in range(8, 0, -1):
            page.keyboard.press("k")
            told(page, number)
            assert page.evaluate(IS_IN_LIST)
