"""The wall in a browser: turning pages by itself and by hand, its chart, its make."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import examples as x
from tests.api.pages.site import Site, site
from tests.api.pages.window import MISPLACED, SMALL, WALL, window
from tests.world import World, accept_case, open_case

pytestmark = pytest.mark.browser
BOARD = f"/board?office={x.COUNTY}"
CASES = 15
FIRST, SECOND = "第 1 / 2 页", "第 2 / 2 页"


@pytest.fixture
def opened(settled: World) -> Iterator[Site]:
    """More cases than a column holds."""
    for number in range(CASES):
        open_case(settled, UUID(int=number + 1))
        accept_case(settled, UUID(int=number + 1))
    with site(settled.services) as running:
        yield running


def live(page: Page, opened: Site) -> Locator:
    """The green column of a board that is up to date."""
    page.goto(opened.url + BOARD)
    expect(page.locator("#connection")).to_have_text("实时")
    return page.locator("[data-column=green]")


def first_case(column: Locator) -> str | None:
    return column.locator(".item").first.get_attribute("href")


def test_columns_turn_their_pages(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        page.clock.install()
        green = live(page, opened)
        expect(green.locator("[data-page]")).to_have_text(FIRST)
        first, slots = first_case(green), green.locator(".row").count()
        assert slots < CASES
        page.clock.run_for(9000)
        expect(green.locator("[data-page]")).to_have_text(SECOND)
        assert first_case(green) != first
        assert green.locator(".row").count() == slots  # the last page overlaps
        page.clock.run_for(9000)
        assert first_case(green) == first


def test_the_wall_is_stopped_and_turned_by_keys(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        page.clock.install()
        told = live(page, opened).locator("[data-page]")
        page.keyboard.press("ArrowRight")
        expect(told).to_have_text(SECOND)
        page.keyboard.press("Space")
        expect(told).to_have_text(FIRST)
        expect(page.locator("#pause")).to_have_text("继续翻页")
        page.clock.run_for(30_000)
        expect(told).to_have_text(FIRST)
        page.keyboard.press("ArrowLeft")
        expect(told).to_have_text(SECOND)
        page.keyboard.press("Home")
        expect(told).to_have_text(FIRST)
        page.locator("#pause").click()
        page.clock.run_for(9000)
        expect(told).to_have_text(SECOND)


def test_who_reads_a_column_is_not_turned_away(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        page.clock.install()
        green = live(page, opened)
        green.hover()
        page.clock.run_for(20_000)
        expect(green.locator("[data-page]")).to_have_text(FIRST)
        page.clock.run_for(60_000)  # a mouse left lying there reads nothing
        page.mouse.move(1, 1)
        page.clock.run_for(9000)
        expect(green.locator("[data-page]")).to_have_text(SECOND)


def test_help_opens_and_closes_by_key(browser: Browser, opened: Site) -> None:
    with window(browser, opened) as page:
        live(page, opened)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_contain_text("基本满意")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_trend_is_drawn_to_the_size_of_the_wall(
    browser: Browser, opened: Site
) -> None:
    with window(browser, opened, SMALL) as page:
        live(page, opened)
        canvas = page.locator("#chart canvas")
        small = canvas.bounding_box()
        page.set_viewport_size({"width": WALL[0], "height": WALL[1]})
        expect(canvas).not_to_have_attribute("width", str(int(small["width"])))  # type: ignore[index]
        expect(page.get_by_role("row", name="现在")).to_contain_text(str(CASES))


@pytest.mark.parametrize("size", [(1024, 768), (3840, 2160)])
def test_the_board_fits_other_screens(
    browser: Browser, opened: Site, size: tuple[int, int]
) -> None:
    with window(browser, opened, size) as page:
        live(page, opened)
        assert page.evaluate(MISPLACED) == []
        assert page.evaluate("document.body.scrollWidth") <= size[0]


def test_a_page_of_an_older_make_loads_itself_anew(
    browser: Browser, settled: World, opened: Site
) -> None:
    with window(browser, opened) as page:
        live(page, opened)
        made = page.locator("body").get_attribute("data-version")
        page.evaluate("document.body.dataset.version = 'older'")
        open_case(settled, UUID(int=99))
        expect(page.locator("body")).to_have_attribute("data-version", str(made))
        expect(page.locator("[data-figure=pending]")).to_have_text("1")


def test_without_scripts_nothing_is_left_out(browser: Browser, opened: Site) -> None:
    with window(browser, opened, scripts=False) as page:
        page.goto(opened.url + BOARD)
        expect(page.locator("[data-column=green] .row")).to_have_count(CASES)
        expect(page.locator("#trend tr").last).to_be_attached()
        expect(page.locator(".posts .post").last).to_be_visible()
        expect(page.locator("#pause")).to_be_hidden()
