"""The whole life of a case through the window's forms, as a browser sends them."""

import re
from dataclasses import dataclass

import pytest
from httpx import Response

from tests import examples as x
from tests.api.county import Caller, County
from tests.api.pages.browser import OWN, Visitor
from tests.rules import rule
from tests.world import ID_NUMBER

HIDDEN = re.compile(r'name="(key|version)" value="([^"]*)"')
NEW = {
    "item_code": x.ITEM,
    "channel": "window",
    "post": str(x.WINDOW),
    "kind": "person",
    "name": "张三丰",
    "number": ID_NUMBER,
    "phone": "13812345678",
}
DOCUMENT = {"document_no": "受〔2026〕1号", "seal": "S-1"}


@dataclass(frozen=True, slots=True)
class Window:
    """Opens forms and sends them; ``send`` keeps what the form hides."""

    visitor: Visitor

    def get(self, path: str) -> Response:
        return self.visitor.get(path)

    def hidden(self, path: str) -> dict[str, str]:
        return dict(HIDDEN.findall(self.visitor.get(path).text))

    def send(self, path: str, **typed: str) -> Response:
        return self.visitor.send(path, OWN, **(self.hidden(path) | typed))

    def opened(self, **typed: str) -> str:
        """Address of a case that was opened by the form."""
        done = self.send("/window/new", **(NEW | typed))
        assert done.status_code == 303, done.text
        path, _, told = done.headers["location"].partition("?")
        assert told.startswith("done=opened")
        return str(path)

    def done(self, path: str, step: str, **typed: str) -> str:
        """The page after a step that was taken."""
        answer = self.send(f"{path}/{step}", **typed)
        assert answer.status_code == 303, answer.text
        assert f"done={step}" in answer.headers["location"]
        return self.get(answer.headers["location"]).text


def at_window(county: County, caller: Caller) -> Window:
    return Window(Visitor(county).signed_in_as(caller))


@pytest.fixture
def window(county: County) -> Window:
    """Anna's, at the township."""
    county.show()
    return at_window(county, county.anna)


def invalid_fields(page: str) -> list[str]:
    """Names of the fields that are marked, each with its message beside it."""
    marked = re.findall(r'aria-describedby="([a-z_]+)-about"\s+aria-invalid', page)
    assert set(marked) <= set(re.findall(r'id="([a-z_]+)-about">\s*<strong', page))
    return marked


def offered(page: str) -> list[str]:
    return re.findall(r'class="step-link[^>]*/([a-z-]+)"', page)


@rule("R-105", "R-110", "R-134")
def test_a_case_goes_from_the_first_form_to_its_delivery(window: Window) -> None:
    case = window.opened()
    page = window.get(case).text
    assert "acceptance" not in offered(page)
    assert "还缺 2 项" in page
    assert "已一次性告知" in window.done(case, "notice")
    page = window.done(case, "materials", materials=["M1", "M2"])  # type: ignore[arg-type]
    assert "必要材料已齐" in page
    assert offered(page)[:2] == ["materials", "acceptance"]
    page = window.done(case, "acceptance", **DOCUMENT)
    assert "已受理" in page
    assert "余 20 个工作日" in page
    assert offered(page) == ["handovers", "transfers", "decision", "withdrawal"]
    page = window.done(case, "decision", outcome="granted", remedies="无", **DOCUMENT)
    assert offered(page) == ["delivery"]
    page = window.done(case, "delivery", mode="counter")
    assert offered(page) == []
    assert "/r/" in page


@rule("R-138")
def test_a_refusal_keeps_what_was_typed(county: County, window: Window) -> None:
    case = window.opened()
    window.done(case, "materials", materials=["M1", "M2"])  # type: ignore[arg-type]
    window.done(case, "acceptance", **DOCUMENT)
    typed = {"outcome": "refused", "reasons": "收入<超>标", "document_no": "不1号"}
    refused = window.send(f"{case}/decision", **typed, seal="S-9", remedies="")
    assert refused.status_code == 422
    for part in ("没有说明理由或救济途径", "R-138", "收入&lt;超&gt;标", "不1号", "S-9"):
        assert part in refused.text
    assert invalid_fields(refused.text) == ["remedies"]
    again = dict(HIDDEN.findall(refused.text)) | typed
    told = again | {"seal": "S-9", "remedies": "可复议\r\n或诉讼"}
    assert window.visitor.send(f"{case}/decision", OWN, **told).status_code == 303
    steps = county.anna.get(f"{case.removeprefix('/window')}/timeline").json()["steps"]
    assert steps[-1]["data"]["remedies"] == "可复议\n或诉讼"


def test_a_form_sent_twice_is_done_once(county: County, window: Window) -> None:
    form = window.hidden("/window/new") | NEW
    first = window.visitor.send("/window/new", OWN, **form)
    again = window.visitor.send("/window/new", OWN, **form)
    assert first.headers["location"] == again.headers["location"]
    case = first.headers["location"].partition("?")[0]
    materials = window.hidden(f"{case}/materials") | {"materials": "M1"}
    for _ in range(2):
        sent = window.visitor.send(f"{case}/materials", OWN, **materials)
        assert sent.status_code == 303
    read = county.anna.get(case.removeprefix("/window")).json()
    assert read["version"] == 3


def test_who_was_slower_is_told_what_changed(county: County, window: Window) -> None:
    case = window.opened()
    old = window.hidden(f"{case}/withdrawal") | {"reason": "写好的原因"}
    county.anna.post(f"{case.removeprefix('/window')}/notice", {"materials": None})
    late = window.visitor.send(f"{case}/withdrawal", OWN, **old)
    assert late.status_code == 412
    for part in ("您打开表单之后，此办件有了变化", "一次性告知", "写好的原因"):
        assert part in late.text
    now = dict(HIDDEN.findall(late.text)) | {"reason": "写好的原因"}
    sent = window.visitor.send(f"{case}/withdrawal", OWN, **now)
    assert sent.status_code == 303


@rule("R-105")
def test_what_is_not_lawful_is_neither_offered_nor_done(window: Window) -> None:
    case = window.opened()
    shown = window.get(f"{case}/acceptance")
    assert shown.status_code == 409
    assert "该步骤目前不可办理" in shown.text
    assert '<form method="post" class' not in shown.text
    for told in ("必要材料尚未收齐", "R-105", "请一次性告知需补正的全部材料"):
        assert told in shown.text
    hidden = window.hidden(f"{case}/notice")
    forced = window.visitor.send(f"{case}/acceptance", OWN, **hidden, **DOCUMENT)
    assert forced.status_code == 409
    assert "必要材料尚未收齐" in forced.text


@rule("R-305")
def test_the_window_never_rates(window: Window) -> None:
    case = window.opened()
    assert window.get(f"{case}/rating").status_code == 404
    assert window.visitor.send(f"{case}/rating", OWN, key="k").status_code == 404


@rule("R-226")
def test_the_other_holder_takes_over_before_he_acts(
    county: County, window: Window
) -> None:
    case = window.opened()
    bos = at_window(county, county.bo)
    assert offered(bos.get(case).text) == ["handovers"]
    page = bos.done(case, "handovers", to=str(x.BO), reason="A岗外出")
    assert "materials" in offered(page)
    late = at_window(county, county.anna).get(f"{case}/withdrawal")
    assert late.status_code == 409
    assert "办件由另一岗位人员负责" in late.text
    assert "请先办理交接" in late.text


def test_what_is_not_possible_now_is_said_before_what_is_not_filled_in(
    window: Window,
) -> None:
    case = window.opened()
    hidden = window.hidden(f"{case}/notice")
    early = window.visitor.send(f"{case}/decision", OWN, **hidden)
    assert early.status_code == 409
    assert "办件尚未受理" in early.text
    assert "请先收齐材料并受理" in early.text
    window.done(case, "notice")
    assert "已一次性告知全部材料" in window.get(f"{case}/notice").text


@rule("R-202")
def test_a_case_is_passed_up_its_line_and_leaves_the_list(county: County) -> None:
    county.show()
    chens = at_window(county, county.chen)
    case = chens.opened(post=str(x.AGENCY_DESK), channel="agency")
    form = chens.get(f"{case}/transfers").text
    assert str(x.WINDOW) in form
    assert str(x.OTHER_WINDOW) not in form
    sent = chens.send(f"{case}/transfers", to_post=str(x.WINDOW), reason="转受理")
    assert sent.headers["location"].startswith("/window?done=transfers")
    assert "已转办" in chens.get(sent.headers["location"]).text
    assert "materials" in offered(at_window(county, county.anna).get(case).text)
