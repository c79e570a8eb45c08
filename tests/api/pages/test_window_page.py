"""The work list, opening a case, and who sees what at the window."""

import pytest

from domain.authority import Role
from tests import examples as x
from tests.api.county import County
from tests.api.pages.browser import OWN
from tests.api.pages.test_window_life import (
    HIDDEN,
    NEW,
    Window,
    at_window,
    invalid_fields,
)
from tests.rules import rule
from tests.world import ID_NUMBER


@pytest.fixture
def window(county: County) -> Window:
    county.show()
    return at_window(county, county.anna)


@rule("R-811")
def test_the_list_has_ones_own_open_cases_the_urgent_first(county: County) -> None:
    county.three_cases()
    page = at_window(county, county.anna).get("/window").text
    first, second = page.index("余 20 个工作日"), page.index("未受理</span>")
    assert first < second
    assert page.count("data-row") == 2
    assert "张三丰" not in page
    assert "张" in page
    assert at_window(county, county.bo).get("/window").text.count("data-row") == 0


def test_a_case_is_found_by_its_number(county: County, window: Window) -> None:
    case = window.opened()
    found = window.get(f"/window?no={x.CASE_NO}")
    assert (found.status_code, found.headers["location"]) == (303, case)
    county.show()
    assert window.get("/window?no=0917000").text.count("data-row") == 1
    assert "没有编号含" in window.get("/window?no=9999").text
    hidden = at_window(county, county.stranger).get(f"/window?no={x.CASE_NO}")
    assert hidden.status_code == 200


def test_a_list_that_is_behind_says_so(county: County, window: Window) -> None:
    window.opened()
    position = county.world.services.log.last_position()
    assert "列表正在更新" in window.get(f"/window?after={position}").text
    county.show()
    assert "列表正在更新" not in window.get(f"/window?after={position}").text


def test_long_lists_have_pages(county: County, window: Window) -> None:
    for _ in range(21):
        county.case()
    county.show()
    assert window.get("/window").text.count("data-row") == 20
    second = window.get("/window?page=2").text
    assert second.count("data-row") == 1
    assert "第 2 / 2 页" in second


@rule("R-904")
def test_a_case_of_another_office_is_not_found(county: County, window: Window) -> None:
    case = window.opened()
    hidden = window.hidden(f"{case}/notice")
    elsewhere = county.caller(Role.CLERK, x.OTHER_TOWNSHIP, x.ANNA)
    foreign = at_window(county, elsewhere)
    assert foreign.get(case).status_code == 404
    assert foreign.get(f"{case}/notice").status_code == 404
    assert foreign.visitor.send(f"{case}/notice", OWN, **hidden).status_code == 404


@rule("R-822")
def test_an_account_without_an_officer_is_told_so(county: County) -> None:
    for caller in (county.supervisor, county.caller(Role.CLERK, x.TOWNSHIP)):
        page = at_window(county, caller).get("/window")
        assert page.status_code == 403
        assert "此账号没有对应的窗口人员" in page.text


@rule("R-807")
def test_nothing_personal_gets_into_an_address(window: Window) -> None:
    sent = window.send("/window/new", **NEW)
    told = sent.headers["location"]
    for part in (ID_NUMBER, "13812345678", "%E5%BC%A0"):
        assert part not in told
    assert window.get("/window/new").text.count(ID_NUMBER) == 0


@rule("R-810")
def test_a_registered_applicant_is_found_again(county: County, window: Window) -> None:
    cases = [window.opened().removeprefix("/window") for _ in range(2)]
    found = {county.anna.get(case).json()["case"]["applicant"] for case in cases}
    assert len(found) == 1
    other = window.send("/window/new", **(NEW | {"name": "李四"}))
    assert other.status_code == 409
    assert "该证件号码已登记为另一姓名：张*" in other.text
    assert 'value="李四"' in other.text
    sure = dict(HIDDEN.findall(other.text)) | NEW | {"known": "known"}
    assert window.visitor.send("/window/new", OWN, **sure).status_code == 303


@rule("R-810", "R-807")
def test_a_wrong_number_is_refused_and_the_form_kept(window: Window) -> None:
    wrong = window.send("/window/new", **(NEW | {"number": "110105194912310021"}))
    assert wrong.status_code == 422
    assert wrong.text.count("证件号码校验不通过") == 2
    assert invalid_fields(wrong.text) == ["number"]
    assert 'value="张三丰"' in wrong.text
    empty = window.send("/window/new", **(NEW | {"name": " "}))
    assert "请填写" in empty.text


def test_all_that_is_missing_is_told_at_once(window: Window) -> None:
    empty = window.send("/window/new", **dict.fromkeys(NEW, ""))
    assert empty.status_code == 422
    assert invalid_fields(empty.text) == ["item_code", "post", "name", "number"]


@pytest.mark.parametrize("phone", ["我的电话<script>", "1234", "1" * 21, "()--  "])
def test_what_is_no_telephone_number_is_refused(window: Window, phone: str) -> None:
    refused = window.send("/window/new", **(NEW | {"phone": phone}))
    assert refused.status_code == 422
    assert invalid_fields(refused.text) == ["phone"]
    assert "电话只能含数字" in refused.text
    body = {key: NEW[key] for key in ("kind", "name", "number")} | {"phone": phone}
    problem = window.visitor.county.anna.post("/parties", body)
    assert (problem.status_code, problem.json()["code"]) == (422, "invalid-body")
    assert problem.json()["errors"][0]["field"] == "phone"


@pytest.mark.parametrize("phone", ["0953-6012345", "+86 (953) 601-2345", "12345"])
def test_a_telephone_number_is_taken_as_it_is_written(
    window: Window, phone: str
) -> None:
    assert window.opened(phone=phone)


@rule("R-822")
def test_an_error_page_keeps_the_menu_of_whoever_is_signed_in(
    county: County, window: Window
) -> None:
    gone = window.get("/window/cases/00000000-0000-4000-8000-00000000dead")
    assert gone.status_code == 404
    for part in ('href="/window"', 'href="/inbox"', "退出"):
        assert part in gone.text
    county.client.cookies.set("banjian_session", "spoiled")
    foreign = window.visitor.send("/login", {"Origin": "http://evil.example"})
    assert foreign.status_code == 403
    assert "退出" not in foreign.text


def test_forms_of_other_sites_and_spoiled_ones_are_refused(window: Window) -> None:
    case = window.opened()
    foreign = {"Origin": "http://evil.example"}
    form = window.hidden(f"{case}/notice")
    sent = window.visitor.send(f"{case}/notice", foreign, **form)
    assert sent.status_code == 403
    spoiled = window.visitor.send(f"{case}/notice", OWN, key="a b")
    assert spoiled.status_code == 422
    assert "表单内容不完整" in spoiled.text
