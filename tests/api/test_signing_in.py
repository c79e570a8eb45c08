"""Signing in: a token for a password, and what comes without one."""

import base64
import json

import jwt
import pytest

from api.tokens import AUDIENCE, COOKIE
from domain.authority import Role
from infra.accounts import add_account
from tests import examples as x
from tests.api.county import V1, Caller, County, assert_problem

PASSWORD = "correct horse"  # noqa: S105  of an account made here


def open_account(county: County) -> None:
    add_account(
        county.world.services.database,
        name="anna",
        password=PASSWORD,
        role=Role.CLERK,
        office_code=x.TOWNSHIP,
        officer_id=x.ANNA,
    )


def sign_in(county: County, account: str, password: str) -> Caller:
    body = {"account": account, "password": password}
    response = county.client.post(f"{V1}/tokens", json=body)
    assert response.status_code == 201, response.text
    told = response.json()
    assert (told["account"], told["role"], told["office"]) == (
        "anna",
        "clerk",
        x.TOWNSHIP,
    )
    return Caller(county.client, told["token"])


def test_a_token_is_given_for_name_and_password(county: County) -> None:
    open_account(county)
    anna = sign_in(county, "anna", PASSWORD)
    assert anna.get(f"/posts/{x.WINDOW}").status_code == 200


@pytest.mark.parametrize("account", ["anna", "nobody"])
def test_wrong_name_and_wrong_password_look_alike(county: County, account: str) -> None:
    open_account(county)
    body = {"account": account, "password": "battery staple"}
    response = county.client.post(f"{V1}/tokens", json=body)
    assert_problem(response, 401, "sign-in-refused")
    assert "battery" not in response.text


def test_the_cookie_of_a_page_carries_the_same_token(county: County) -> None:
    county.client.cookies.set(COOKIE, county.anna.token)
    assert county.client.get(f"{V1}/posts/{x.WINDOW}").status_code == 200


def test_without_a_token_nothing_is_told(county: County) -> None:
    response = county.client.get(f"{V1}/posts/{x.WINDOW}")
    assert_problem(response, 401, "not-signed-in")
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_sign_in_ends_by_real_time(county: County) -> None:
    anna = county.anna
    hours = county.world.services.settings.token_hours
    county.clock.pass_by(hours=hours, seconds=-1)
    assert anna.get(f"/posts/{x.WINDOW}").status_code == 200
    county.clock.pass_by(seconds=1)
    assert_problem(anna.get(f"/posts/{x.WINDOW}"), 401, "token-expired")


def test_a_token_that_was_changed_is_none(county: County) -> None:
    head, claims, signature = county.anna.token.split(".")
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    told["role"] = "administrator"
    changed = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
    caller = Caller(county.client, f"{head}.{changed}.{signature}")
    assert_problem(caller.get(f"/posts/{x.WINDOW}"), 401, "not-signed-in")


@pytest.mark.parametrize("key", ["", "another key of thirty-two bytes!!"])
def test_a_token_of_another_key_or_of_none_is_none(county: County, key: str) -> None:
    claims = {"sub": "a", "role": "clerk", "office": x.COUNTY, "aud": AUDIENCE}
    token = jwt.encode(claims | {"exp": 9_999_999_999}, key, "HS256" if key else "none")
    caller = Caller(county.client, token)
    assert_problem(caller.get(f"/posts/{x.WINDOW}"), 401, "not-signed-in")


@pytest.mark.parametrize("token", ["x", "a.b.c", "é", " ", "." * 5000])
def test_a_token_that_is_no_token(county: County, token: str) -> None:
    response = county.client.get(
        f"{V1}/posts/{x.WINDOW}", headers={"Authorization": f"Bearer {token}".encode()}
    )
    assert_problem(response, 401, "not-signed-in")
