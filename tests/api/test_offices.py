"""Offices over HTTP: registered below their parent, renamed, read with a version."""

import pytest

from tests import examples as x
from tests.api.county import County, assert_problem
from tests.rules import rule

NEW = {"code": "640323101201", "name": "宋堡子村民生服务代办点", "phone": "0953-9"}


@rule("R-906")
def test_an_office_is_registered_and_read(county: County) -> None:
    assert county.admin.post("/offices", NEW).status_code == 201
    read = county.admin.get(f"/offices/{NEW['code']}")
    assert read.json() == NEW | {"tier": "village", "kind": "村委会", "version": 1}
    assert read.headers["etag"] == '"1"'


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"code": x.TOWNSHIP}, 409, "office-is-registered"),
        ({"code": "640323109200"}, 409, "parent-office-not-found"),
        ({"name": "宋堡子村"}, 422, "agency-point-name-is-irregular"),
        ({"code": "640323000200"}, 422, "division-code-is-malformed"),
    ],
)
def test_an_office_is_refused(
    county: County, change: dict[str, str], status: int, code: str
) -> None:
    body = NEW | {"name": "某某民生服务代办点"} | change
    assert_problem(county.admin.post("/offices", body), status, code)


def test_an_office_is_renamed(county: County) -> None:
    path = f"/offices/{x.TOWNSHIP}"
    told = county.admin.send("PATCH", path, {"name": "大水坑镇便民服务中心"}).json()
    assert (told["status"], told["id"], told["version"]) == ("done", x.TOWNSHIP, 2)
    assert county.anna.get(path).json()["name"] == "大水坑镇便民服务中心"


def test_an_unknown_office_is_not_found(county: County) -> None:
    path = "/offices/640323109000"
    assert_problem(county.admin.get(path), 404, "office-not-found")
    renamed = county.admin.send("PATCH", path, {"name": "某镇"})
    assert_problem(renamed, 404, "office-not-found")
