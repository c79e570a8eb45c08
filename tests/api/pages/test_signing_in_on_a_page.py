"""Signing in with a form: the cookie, the way back, and forms of other sites."""

from dataclasses import dataclass

import pytest

from api.tokens import COOKIE
from domain.authority import Role
from infra.accounts import add_account
from tests import examples as x
from tests.api.county import County
from tests.api.pages.browser import OWN, Visitor
from tests.rules import rule

PASSWORD = "correct horse"  # noqa: S105  of an account made here


@dataclass(frozen=True, slots=True)
class SignIn:
    name: str
    title: str
    password: str


@pytest.fixture
def visitor(county: County) -> Visitor:
    add_account(
        county.world.services.database,
        name="anna",
        password=PASSWORD,
        role=Role.CLERK,
        office_code=x.TOWNSHIP,
        officer_id=x.ANNA,
    )
    return Visitor(county)


def test_whoever_is_not_signed_in_is_sent_to_the_form_and_back(
    visitor: Visitor,
) -> None:
    refused = visitor.get(f"/cases/{x.CASE}?a=1")
    assert refused.status_code == 303
    assert refused.headers["location"] == f"/login?next=%2Fcases%2F{x.CASE}%3Fa%3D1"
    form = visitor.get(refused.headers["location"])
    assert f'value="/cases/{x.CASE}?a=1"' in form.text
    wanted = f"/cases/{x.CASE}?a=1"
    done = visitor.send("/login", OWN, account="anna", password=PASSWORD, next=wanted)
    assert (done.status_code, done.headers["location"]) == (303, wanted)


def test_whose_session_ended_in_a_form_is_told_that_it_was_not_saved(
    visitor: Visitor,
) -> None:
    lost = visitor.send("/window/new", OWN, key="k", name="张三丰")
    assert lost.status_code == 303
    assert lost.headers["location"] == "/login?next=%2Fwindow%2Fnew&expired=1"
    form = visitor.get(lost.headers["location"]).text
    assert "登录已过期，刚才的内容没有保存。登录后请重新填写。" in form
    assert 'name="next" value="/window/new"' in form
    assert "没有保存" not in visitor.get("/login?next=%2Fwindow%2Fnew").text


@rule("R-822")
def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(
    visitor: Visitor,
) -> None:
    done = visitor.send("/login", OWN, account="anna", password=PASSWORD)
    cookie = done.headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert {"httponly", "samesite=lax", "path=/"} <= set(cookie.split("; "))
    home = visitor.get("/")
    assert home.headers["location"] == "/window"


def test_a_wrong_password_shows_the_form_again_without_it(visitor: Visitor) -> None:
    refused = visitor.send("/login", OWN, account="anna", password="staple")  # noqa: S106
    assert refused.status_code == 401
    assert "账号或密码不正确" in refused.text
    assert 'value="anna"' in refused.text
    assert "staple" not in refused.text
    assert "set-cookie" not in refused.headers


def test_nobody_is_sent_to_another_site(visitor: Visitor) -> None:
    evil = {"account": "anna", "password": PASSWORD, "next": "//evil.example/"}
    assert visitor.send("/login", OWN, **evil).headers["location"] == "/"
    assert "evil" not in visitor.get("/login?next=//evil.example/").text


def test_a_form_of_another_site_is_refused(visitor: Visitor) -> None:
    foreign = {"Origin": "http://evil.example"}
    for path in ("/login", "/logout"):
        refused = visitor.send(path, foreign, account="anna", password=PASSWORD)
        assert refused.status_code == 403
        assert "表单不是从本系统页面提交的" in refused.text
        assert "set-cookie" not in refused.headers


def test_over_plain_http_the_origin_is_enough(visitor: Visitor) -> None:
    own = {"Origin": "http://testserver"}
    done = visitor.send("/login", own, account="anna", password=PASSWORD)
    assert done.status_code == 303


def test_signing_out_takes_the_cookie_away(visitor: Visitor) -> None:
    visitor.send("/login", OWN, account="anna", password=PASSWORD)
    gone = visitor.send("/logout", OWN)
    assert gone.headers["location"] == "/login"
    assert visitor.get("/").headers["location"] == "/login?next=%2F"


def test_demo_accounts_are_offered_where_there_are_any(visitor: Visitor) -> None:
    assert "演示账号" not in visitor.get("/login").text
    visitor.county.app.state.sign_ins = (SignIn("qingshi", "青石镇窗口", "demo"),)
    form = visitor.get("/login").text
    assert "演示账号" in form
    assert "青石镇窗口" in form
