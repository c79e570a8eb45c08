"""Officers and posts over HTTP: two different holders, of offices in scope."""

from uuid import uuid4

from tests import examples as x
from tests.api.county import County, assert_problem
from tests.rules import rule

OFFICER = {"staff_no": "A009", "badge_name": "狄娜", "office": x.TOWNSHIP}


def post_body(primary: str, backup: str, office: str = x.TOWNSHIP) -> dict[str, str]:
    return {"office": office, "name": "医保窗口", "primary": primary, "backup": backup}


def test_an_officer_is_registered_and_read(county: County) -> None:
    made = county.admin.post("/officers", OFFICER)
    assert made.status_code == 201
    read = county.anna.get(f"/officers/{made.json()['id']}").json()
    assert (read["name"], read["staff_no"]) == ("狄娜", "A009")
    assert not read["is_from_source"]


def test_an_officer_needs_a_name_and_an_office_that_exists(county: County) -> None:
    nameless = county.admin.post("/officers", OFFICER | {"badge_name": " "})
    assert_problem(nameless, 422, "badge-name-is-missing")
    nowhere = county.admin.post("/officers", OFFICER | {"office": "640323109000"})
    assert_problem(nowhere, 404, "office-not-found")


@rule("R-226", "R-229")
def test_a_post_has_two_holders(county: County) -> None:
    anna, bo = str(x.ANNA), str(x.BO)
    made = county.admin.post("/posts", post_body(anna, bo))
    read = county.anna.get(f"/posts/{made.json()['id']}").json()
    assert (made.status_code, read["primary"], read["backup"]) == (201, anna, bo)
    same = county.admin.post("/posts", post_body(anna, anna))
    assert_problem(same, 422, "post-needs-two-holders")


def test_holders_are_named_anew(county: County) -> None:
    path, body = f"/posts/{x.WINDOW}", {"primary": str(x.BO), "backup": str(x.CHEN)}
    told = county.admin.send("PUT", f"{path}/holders", body, If_Match='"1"')
    assert (told.status_code, told.headers["etag"]) == (200, '"2"')
    assert county.anna.get(path).json()["primary"] == str(x.BO)


def test_who_is_not_there_is_not_found(county: County) -> None:
    nobody, anna = str(uuid4()), str(x.ANNA)
    assert_problem(county.anna.get(f"/posts/{nobody}"), 404, "post-not-found")
    assert_problem(county.anna.get(f"/officers/{nobody}"), 404, "officer-not-found")
    body = {"primary": anna, "backup": nobody}
    changed = county.admin.send("PUT", f"/posts/{x.WINDOW}/holders", body)
    assert_problem(changed, 404, "officer-not-found")
    unknown = county.admin.send("PUT", f"/posts/{nobody}/holders", body)
    assert_problem(unknown, 404, "post-not-found")


def test_an_id_of_another_kind_is_not_found(county: County) -> None:
    party = county.party()
    assert_problem(county.anna.get(f"/posts/{party}"), 404, "post-not-found")
    assert_problem(county.anna.get(f"/parties/{x.WINDOW}"), 404, "party-not-found")
    made = county.admin.post("/posts", post_body(str(x.ANNA), party))
    assert_problem(made, 404, "officer-not-found")
