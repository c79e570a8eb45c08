"""Photograph every page of a running demonstration, for docs/pictures/.

``make pictures`` starts a demonstration of its own in a temporary home, signs in as
its people do, and looks at each page on the three screens it has to fit.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.demo_start import free_port, wait_for
from benchmarks.measuring import BANJIAN
from consumers.demo import COUNTY, PASSWORD
from tests.api.pages.conftest import ARGUMENTS

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SCREENS = ((1366, 768), (1920, 1080), (3840, 2160))
QUALITY = 82
API = "/api/v1"


@contextmanager
def demonstration() -> Iterator[str]:
    """Its address; it is stopped at the end."""
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        environ = os.environ | {"BANJIAN_HOME": home, "BANJIAN_PORT": str(port)}
        process = subprocess.Popen([BANJIAN, "demo"], env=environ)
        try:
            wait_for(f"http://127.0.0.1:{port}/login", time.monotonic())
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


@contextmanager
def signed_in(browser: Browser, site: str, name: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    if name:
        page.goto(f"{site}/login")
        page.fill("#account", name)
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
    yield page
    context.close()


def photograph(page: Page, name: str, screens: tuple[tuple[int, int], ...]) -> None:
    for width, height in screens:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(700)
        path = PICTURES / f"{name}-{width}.jpg"
        page.screenshot(path=path, type="jpeg", quality=QUALITY)


def red_case(site: str, name: str, office: str) -> str:
    """The id of the most overdue case that ``name`` may see."""
    client = httpx.Client(base_url=site)
    sent = {"account": name, "password": PASSWORD}
    token = client.post(f"{API}/tokens", json=sent).json()["token"]
    client.headers["Authorization"] = f"Bearer {token}"
    found = client.get(f"{API}/views/warnings", params={"office": office}).json()
    return str(found["cases"][0]["case_id"])


def pages(case: str) -> Iterator[tuple[str, str, str]]:
    """Who looks at what, and what the picture is called."""
    yield "", "/login", "login"
    yield "", "/design", "design"
    yield "county", f"/board?office={COUNTY}", "board"
    yield "county", f"/cases?office={COUNTY}&tier=red", "cases"
    yield "county", f"/cases/{case}", "case"
    yield "inspector", f"/cases/{case}/replay?event=3", "replay"
    yield "county", "/inbox", "inbox"
    yield "qingshi-a", "/window", "window"


def take(browser: Browser, site: str) -> None:
    case = red_case(site, "county", COUNTY)
    for name, path, picture in pages(case):
        with signed_in(browser, site, name) as page:
            page.goto(site + path)
            page.wait_for_timeout(1500)
            photograph(page, picture, SCREENS)


def main(act: Callable[[Browser, str], None] = take) -> None:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with demonstration() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=list(ARGUMENTS)
        )
        act(browser, site)
        browser.close()


if __name__ == "__main__":
    main()
