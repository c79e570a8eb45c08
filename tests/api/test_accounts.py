"""Accounts: kept by name with a salted hash, verified in the same time for all."""

import pytest

from domain.authority import Role
from domain.office.codes import DivisionCodeIsMalformed
from infra.accounts import Account, add_account, verify
from infra.database import Database
from infra.database import Role as DatabaseRole
from tests import examples as x

ANNA = Account(name="anna", role=Role.CLERK, office_code=x.TOWNSHIP, officer_id=x.ANNA)


SESAME = "open sesame"


def add(database: Database, password: str = SESAME, name: str = "anna") -> None:
    add_account(
        database,
        name=name,
        password=password,
        role=ANNA.role,
        office_code=ANNA.office_code,
        officer_id=ANNA.officer_id,
    )


def hashes(database: Database) -> list[str]:
    with database.transaction(DatabaseRole.READER) as cursor:
        cursor.execute("SELECT password_hash FROM accounts.account ORDER BY name")
        return [row["password_hash"] for row in cursor.fetchall()]


def test_an_account_is_known_by_its_password(database: Database) -> None:
    add(database)
    assert verify(database, "anna", "open sesame") == ANNA


@pytest.mark.parametrize("password", ["", "open sesame ", "Open sesame", "关"])
def test_another_password_is_not_taken(database: Database, password: str) -> None:
    add(database)
    assert verify(database, "anna", password) is None


def test_nobody_signs_in_under_a_name_nobody_has(database: Database) -> None:
    assert verify(database, "nobody", "") is None
    assert verify(database, "nobody", "00" * 64) is None


def test_a_new_password_replaces_the_old_one(database: Database) -> None:
    add(database)
    add(database, "another")
    assert verify(database, "anna", "open sesame") is None
    assert verify(database, "anna", "another") == ANNA


def test_equal_passwords_have_different_hashes(database: Database) -> None:
    add(database)
    add(database, name="bo")
    first, second = hashes(database)
    assert first != second
    assert "sesame" not in first


def test_an_account_belongs_to_an_office(database: Database) -> None:
    with pytest.raises(DivisionCodeIsMalformed):
        add_account(
            database, name="a", password=SESAME, role=Role.CLERK, office_code="640323"
        )
