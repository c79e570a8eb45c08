"""A citizen rates by his link: once, when it is over, in nobody else's place."""

import re

import pytest
from httpx import Response

from api.rating_links import rating_link
from tests import examples as x
from tests.api.county import County, assert_problem
from tests.api.pages.browser import OWN, Visitor
from tests.rules import rule

GOOD = {"level": "satisfied", "options-satisfied": "411"}


@pytest.fixture
def visitor(county: County) -> Visitor:
    return Visitor(county)


def link_of(county: County, case: str) -> str:
    path: str = county.anna.get(f"{case}/rating-link").json()["path"]
    return path


def rated(county: County, case: str) -> list[dict[str, object]]:
    steps = county.anna.get(f"{case}/timeline").json()["steps"]
    return [step for step in steps if step["event"] == "case.rated.v1"]


@rule("R-301", "R-303", "R-307")
def test_a_finished_case_is_rated_by_its_link(county: County, visitor: Visitor) -> None:
    case = county.decided()
    link = link_of(county, case)
    form = visitor.get(link).text
    assert form.count('type="radio"') == 5
    assert "最低生活保障" in form
    done = visitor.send(link, OWN, **GOOD)
    assert (done.status_code, done.headers["location"]) == (303, f"{link}?done=1")
    assert "感谢您的评价" in visitor.get(f"{link}?done=1").text
    (step,) = rated(county, case)
    assert step["data"] == {
        "level": "satisfied",
        "channel": "qr_code",
        "options": ["411"],
    }
    assert (step["actor"], step["role"]) == ("citizen-link", "evaluator")


@rule("R-303", "R-304")
def test_a_link_rates_once_and_keeps_the_level_to_itself(
    county: County, visitor: Visitor
) -> None:
    case = county.decided()
    link = link_of(county, case)
    for level in ("very_dissatisfied", "very_dissatisfied", "satisfied"):
        assert visitor.send(link, OWN, level=level).status_code == 303
    assert [step["data"]["level"] for step in rated(county, case)] == [  # type: ignore[index]
        "very_dissatisfied"
    ]
    page = visitor.get(link).text
    assert "本次服务已评价" in page
    assert "满意" not in page


@rule("R-303")
def test_before_the_end_there_is_nothing_to_rate(
    county: County, visitor: Visitor
) -> None:
    case = county.accepted()
    link = link_of(county, case)
    assert "办结后可评价" in visitor.get(link).text
    visitor.send(link, OWN, **GOOD)
    assert rated(county, case) == []
    county.anna.post(f"{case}/withdrawal", {"reason": "不需要"})
    assert "本办件不参加评价" in visitor.get(link).text


@rule("R-305")
def test_nobody_signed_in_rates_in_a_citizens_place(
    county: County, visitor: Visitor
) -> None:
    case = county.decided()
    link = link_of(county, case)
    visitor.signed_in_as(county.anna)
    for answer in (visitor.get(link), visitor.send(link, OWN, **GOOD)):
        assert answer.status_code == 403
        assert "工作人员不得代为评价" in answer.text
    assert rated(county, case) == []


@rule("R-314")
def test_a_link_cannot_be_guessed_and_names_nobody(
    county: County, visitor: Visitor
) -> None:
    link = link_of(county, county.decided())
    assert re.fullmatch(r"/r/[A-Za-z0-9_-]{43}", link)
    swapped = link[:-2] + ("AA" if not link.endswith("AA") else "BB")
    for wrong in (swapped, link + "=", link + "A", "/r/x", "/r/%E5%BC%A0", link[:25]):
        assert visitor.get(wrong).status_code == 404, wrong
        assert visitor.send(wrong, OWN, **GOOD).status_code == 404
    for private in ("张三丰", "138", "1101"):
        assert private not in visitor.get(link).text.replace(x.CASE_NO, "")


@rule("R-307")
def test_options_of_another_level_are_not_counted(
    county: County, visitor: Visitor
) -> None:
    case = county.decided()
    link = link_of(county, case)
    hidden = {"options-dissatisfied": "214"}
    forged = visitor.send(link, OWN, level="satisfied", **{"options-satisfied": "214"})
    assert forged.status_code == 422
    assert "评价选项不属于所选等级" in forged.text
    assert visitor.send(link, OWN, **GOOD, **hidden).status_code == 303
    assert rated(county, case)[0]["data"]["options"] == ["411"]  # type: ignore[index]


def test_a_form_without_a_level_or_of_another_site_is_refused(
    county: County, visitor: Visitor
) -> None:
    link = link_of(county, county.decided())
    assert "请先选择满意程度" in visitor.send(link, OWN, level="").text
    foreign = visitor.send(link, {"Origin": "http://evil.example"}, **GOOD)
    assert foreign.status_code == 403


@rule("R-305")
def test_only_a_clerk_hands_a_link_over(county: County) -> None:
    case = county.decided()
    assert_problem(county.supervisor.get(f"{case}/rating-link"), 403, "role-may-not")
    hidden = county.stranger.get(f"{case}/rating-link")
    assert_problem(hidden, 404, "case-not-found")


def test_the_whole_page_is_under_100_kb(county: County, visitor: Visitor) -> None:
    form = visitor.get(link_of(county, county.decided()))
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', form.text)
    parts: list[Response] = [form, *(visitor.get(path) for path in named)]
    assert len(parts) >= 5
    assert "<script" not in form.text
    assert sum(len(part.content) for part in parts) < 100_000


def test_a_link_is_of_one_case_and_of_one_installation(county: County) -> None:
    keys = county.world.services.keys
    assert rating_link(keys, x.CASE) == rating_link(keys, x.CASE)
    assert rating_link(keys, x.CASE) != rating_link(keys, x.APPLICANT)
