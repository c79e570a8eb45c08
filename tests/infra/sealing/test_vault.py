"""The vault: beside the log or where it is said, keys wrapped by a key outside."""

from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.keys import KeyIsTooShort, Keys
from infra.sealing.person_keys import MasterKeyDoesNotFit, PersonKeys
from infra.sealing.places import VaultIsTheLog, make_vault, vault_place
from infra.sealing.vault import Vault
from tests.golden.sealing import Counted
from tests.rules import rule

PERSON = UUID(int=5)


def vault_of(database_url: str) -> Vault:
    return Vault(vault_place(database_url, None))


def test_it_is_a_database_of_its_own_beside_the_log(database_url: str) -> None:
    place = vault_place(database_url, None)
    name = conninfo_to_dict(database_url)["dbname"]
    assert conninfo_to_dict(place.conninfo)["dbname"] == f"{name}_vault"
    make_vault(place)
    make_vault(place)
    elsewhere = make_conninfo(database_url, dbname="elsewhere")
    assert vault_place(database_url, elsewhere).conninfo == elsewhere
    with pytest.raises(VaultIsTheLog):
        vault_place(database_url, database_url)


@rule("R-807")
def test_no_key_lies_in_it_unwrapped(database_url: str, home: Path) -> None:
    vault, randomness = vault_of(database_url), Counted("wrapped")
    keys = PersonKeys(vault, Keys(home).master, randomness)
    key = keys.made([PERSON])[PERSON]
    assert key is not None
    (wrapped,) = vault.keys([PERSON]).values()
    assert wrapped is not None
    assert key.secret not in wrapped
    other = PersonKeys(vault, lambda: bytes(32), randomness)
    with pytest.raises(MasterKeyDoesNotFit):
        other.of(PERSON)
    vault.close()


def test_the_first_key_is_the_key(database_url: str) -> None:
    vault = vault_of(database_url)
    assert vault.keep_keys({PERSON: b"first"}) == {PERSON: b"first"}
    assert vault.keep_keys({PERSON: b"second"}) == {PERSON: b"first"}
    assert vault.identities({"d": PERSON}) == {"d": PERSON}
    assert vault.identities({"d": UUID(int=6)}) == {"d": PERSON}
    vault.close()


@rule("R-807")
def test_a_destroyed_key_never_comes_back(database_url: str) -> None:
    vault = vault_of(database_url)
    vault.keep_keys({PERSON: b"first"})
    vault.make_ready({}, [(b"name", PERSON)], {})
    vault.destroy(PERSON)
    vault.destroy(PERSON)
    assert vault.keep_keys({PERSON: b"second"}) == {PERSON: None}
    assert vault.persons(b"name", 9) == []
    with (
        psycopg.connect(vault.place.conninfo) as connection,
        pytest.raises(psycopg.errors.RestrictViolation),
    ):
        connection.execute(
            "UPDATE vault.person_key SET wrapped = 'x', destroyed_at = NULL"
        )
    vault.close()


def test_a_master_key_elsewhere_is_read_and_must_be_one(tmp_path: Path) -> None:
    file = tmp_path / "master"
    file.write_bytes(bytes(range(32)))
    assert Keys(tmp_path / "home", file).master() == bytes(range(32))
    file.write_bytes(b"short")
    with pytest.raises(KeyIsTooShort):
        Keys(tmp_path / "home", file).master()
