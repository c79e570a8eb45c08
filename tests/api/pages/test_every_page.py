"""Every page on every screen, in both languages: whole, accessible, without errors."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from api.pages.language import CHINESE, COOKIE, ENGLISH
from api.rating_links import rating_link
from domain.authority import Role
from infra.accounts import Account
from tests import examples as x
from tests.api.pages.site import SUPERVISOR, Site, site
from tests.api.pages.window import MISPLACED, window
from tests.world import World, accept_case, finish_case, open_case

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SCREENS = ((1366, 768), (1920, 1080), (3840, 2160))
PHONE = ((360, 740), (1366, 768))
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CLERK = Account(name="anna", role=Role.CLERK, office_code=x.TOWNSHIP, officer_id=x.ANNA)
DECIDED = UUID(int=3)


@dataclass(frozen=True, slots=True)
class Shown:
    path: str
    account: Account | None = SUPERVISOR
    screens: tuple[tuple[int, int], ...] = SCREENS


SHOWN = {
    "sign-in": Shown("/login", None),
    "design": Shown("/design"),
    "board": Shown(f"/board?office={x.COUNTY}"),
    "past-board": Shown(
        f"/board?office={x.COUNTY}&effective_at=2026-09-17T09:00:30%2B08:00"
    ),
    "cases": Shown(f"/cases?office={x.COUNTY}"),
    "case": Shown(f"/cases/{x.CASE}"),
    "replay": Shown(f"/cases/{x.CASE}/replay"),
    "inbox": Shown("/inbox"),
    "window": Shown("/window", CLERK),
    "new-case": Shown("/window/new", CLERK),
    "case-at-window": Shown(f"/window/cases/{x.CASE}", CLERK),
    "decision": Shown(f"/window/cases/{x.CASE}/decision", CLERK),
    "rating": Shown("(link)", None, PHONE),
}


@pytest.fixture
def opened(settled: World) -> Iterator[Site]:
    for case in (x.CASE, UUID(int=2), DECIDED):
        open_case(settled, case)
    for case in (x.CASE, DECIDED):
        accept_case(settled, case)
    finish_case(settled, DECIDED)
    with site(settled.services) as running:
        yield running


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_is_whole_and_accessible(
    browser: Browser, opened: Site, name: str
) -> None:
    shown = SHOWN[name]
    path = shown.path
    if name == "rating":
        path = rating_link(opened.services.keys, DECIDED)
    with window(browser, opened, account=shown.account) as page:
        for language in (CHINESE, ENGLISH):
            page.context.add_cookies(
                [{"name": COOKIE, "value": language, "url": opened.url}]
            )
            page.goto(opened.url + path)
            assert page.locator("html").get_attribute("lang") == language
            fits(page, shown.screens)
            assert broken(page) == []


def fits(page: Page, screens: tuple[tuple[int, int], ...]) -> None:
    """Nothing is cut off, and nobody has to scroll sideways."""
    for width, height in screens:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        assert page.evaluate(MISPLACED) == [], width
        scrolled = page.evaluate("document.documentElement.scrollWidth")
        assert scrolled <= width, width


def broken(page: Page) -> list[str]:
    """Which rules of WCAG 2.2 AA axe finds broken, and where."""
    options = {"runOnly": {"type": "tag", "values": STANDARDS}}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]
