"""A browser window on the site that notes whatever goes wrong in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, Route

from api.tokens import COOKIE
from infra.accounts import Account
from tests.api.pages.site import SUPERVISOR, Site

SMALL, WALL = (1366, 768), (1920, 1080)
# What reaches out of the window, or is cut off without a sign of it.
MISPLACED = """() => {
  const style = (e) => getComputedStyle(e), box = (e) => e.getBoundingClientRect();
  const seen = Array.from(document.querySelectorAll("h1,h2,dt,dd,a,p,time,button,span"))
    .filter((e) => e.checkVisibility() && !e.closest("#ticker, .unseen"));
  const out = (e) => box(e).right > innerWidth + 1 || box(e).left < -1;
  const cut = (e) => e.scrollWidth > e.clientWidth + 1
    && style(e).overflowX !== "visible" && style(e).textOverflow !== "ellipsis";
  return seen.filter((e) => out(e) || cut(e)).map((e) => e.outerHTML.slice(0, 80));
}"""


@contextmanager
def window(
    browser: Browser,
    site: Site,
    size: tuple[int, int] = SMALL,
    *,
    account: Account | None = SUPERVISOR,
    scripts: bool = True,
) -> Iterator[Page]:
    """A page; at the end nothing was asked of another site and nothing failed.

    ``account`` None: nobody has signed in.
    """
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        java_script_enabled=scripts,
    )
    if account is not None:
        token = site.token_of(account)
        context.add_cookies([{"name": COOKIE, "value": token, "url": site.url}])
    faults: list[str] = []
    try:
        yield _watched(context, site.url, faults)
    finally:
        context.close()
    # That a server was stopped is no fault of the page.
    assert not [fault for fault in faults if "ERR_CONNECTION" not in fault]


def _watched(context: BrowserContext, url: str, faults: list[str]) -> Page:
    """A page whose requests to other sites fail and, like its errors, are noted."""

    def stay(route: Route) -> None:
        if route.request.url.startswith(url):
            route.continue_()
        else:
            faults.append(route.request.url)
            route.abort()

    context.route("**/*", stay)
    page = context.new_page()
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page
