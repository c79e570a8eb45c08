"""The window by keyboard alone, from the first form to the decision; a rating too."""

import pytest
from playwright.sync_api import Browser, Page, expect

from api.rating_links import rating_link
from domain.authority import Role
from infra.accounts import Account
from tests import examples as x
from tests.api.pages.site import Site, site
from tests.api.pages.window import MISPLACED, window
from tests.world import ID_NUMBER, World, accept_case, finish_case, open_case

ANNA = Account(name="anna", role=Role.CLERK, office_code=x.TOWNSHIP, officer_id=x.ANNA)
SIZES = [(360, 740), (1366, 768), (3840, 2160)]
pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def tab_to(page: Page, selector: str) -> None:
    """Tab on until the element has the focus; it must be reachable."""
    for _ in range(40):
        if page.locator(selector).evaluate_all(
            "all => all.includes(document.activeElement)"
        ):
            return
        page.keyboard.press("Tab")
    raise AssertionError(selector)


def press(page: Page, selector: str) -> None:
    tab_to(page, selector)
    enter(page)


def enter(page: Page) -> None:
    """Enter, and be on the next page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def open_by_keyboard(page: Page, opened: Site) -> None:
    page.goto(f"{opened.url}/window")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("新收件")
    tab_to(page, "#item_code")
    page.keyboard.press("ArrowDown")
    for field, typed in (("name", "张三丰"), ("number", ID_NUMBER)):
        tab_to(page, f"#{field}")
        page.keyboard.type(typed)
    enter(page)
    expect(page.locator(".done")).to_have_text("✓ 已收件")


def test_a_case_is_worked_by_keyboard_alone(browser: Browser, settled: World) -> None:
    with (
        site(settled.services) as opened,
        window(browser, opened, account=ANNA) as page,
    ):
        open_by_keyboard(page, opened)
        press(page, "a[href$='/materials']")
        for code in ("M1", "M2"):
            tab_to(page, f"input[value={code}]")
            page.keyboard.press("Space")
        enter(page)
        expect(page.locator(".done")).to_have_text("✓ 已登记收到的材料")
        press(page, "a[href$='/acceptance']")
        press(page, "form.fields button")
        expect(page.locator(".left")).to_have_text("余 20 个工作日")
        press(page, "a[href*='/window?after=']")
        page.keyboard.press("j")
        expect(page.locator("a[data-row]")).to_be_focused()
        enter(page)
        press(page, "a[href$='/decision']")
        press(page, "form.fields button")
        expect(page.locator(".done")).to_have_text("✓ 已办结")
        expect(page.locator("svg.qr")).to_be_visible()


def test_the_list_moves_and_searches_by_keyboard(
    browser: Browser, settled: World
) -> None:
    open_case(settled)
    with (
        site(settled.services) as opened,
        window(browser, opened, account=ANNA) as page,
    ):
        page.goto(f"{opened.url}/window")
        expect(page.locator("[data-keys]")).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("j" + "0001")
        expect(page.locator("#no")).to_have_value("j0001")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        enter(page)
        expect(page.locator("h1")).to_have_text("最低生活保障")


@pytest.mark.parametrize("size", SIZES)
def test_a_rating_is_given_without_scripts_on_any_screen(
    browser: Browser, settled: World, size: tuple[int, int]
) -> None:
    open_case(settled)
    accept_case(settled)
    finish_case(settled)
    link = rating_link(settled.services.keys, x.CASE)
    with (
        site(settled.services) as opened,
        window(browser, opened, size, account=None, scripts=False) as page,
    ):
        page.goto(opened.url + link)
        page.get_by_text("不满意", exact=True).click()
        page.get_by_text("窗口人员业务不熟练").click()
        expect(page.get_by_text("服务态度较好")).to_be_hidden()
        assert page.evaluate(MISPLACED) == []
        sizes = page.locator(".levels > label").evaluate_all(
            "all => all.map((e) => e.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 44
        page.get_by_role("button", name="提交评价").click()
        expect(page.locator("h1")).to_have_text("感谢您的评价")
