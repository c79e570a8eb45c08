"""Keys outside the database: made once, whole, for the owner's eyes only (R-807)."""

import stat
import subprocess
import sys
from pathlib import Path
from uuid import RFC_4122

from infra.keys import Keys
from tests.rules import rule

MAKE = """
import sys, pathlib
from infra.keys import Keys
print(Keys(pathlib.Path(sys.argv[1])).digest("x"))
"""


def test_a_key_is_made_on_first_use_and_kept(home: Path) -> None:
    assert not home.exists()
    token = Keys(home).token
    assert len(token) == 32
    assert Keys(home).token == token


def test_keys_are_for_the_owner_only(home: Path) -> None:
    keys = Keys(home)
    assert keys.token != keys.digest("x").encode()
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in home.rglob("*")}
    assert modes == {"keys": 0o700, "token.key": 0o600, "index.key": 0o600}


def test_two_processes_that_begin_at_once_make_one_key(home: Path) -> None:
    command = [sys.executable, "-c", MAKE, str(home)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    answers = {process.communicate(timeout=30)[0] for process in running}
    assert answers == {(Keys(home).digest("x") + "\n").encode()}
    assert [file.name for file in (home / "keys").iterdir()] == ["index.key"]


def test_a_half_made_key_is_never_used(home: Path) -> None:
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "index.123.abcd").write_bytes(b"half")
    assert len(Keys(home).digest("x")) == 64


@rule("R-807")
def test_a_number_is_found_again_and_not_guessed_elsewhere(
    home: Path, tmp_path: Path
) -> None:
    here, elsewhere = Keys(home), Keys(tmp_path / "elsewhere")
    assert here.digest("11010519491231002X") == here.digest("11010519491231002X")
    assert here.digest("11010519491231002X") != here.digest("640502199003077813")
    assert here.digest("11010519491231002X") != elsewhere.digest("11010519491231002X")


def test_what_a_request_creates_has_one_id_however_often_it_comes(home: Path) -> None:
    keys = Keys(home)
    first = keys.new_id("clerk", "k1")
    assert keys.new_id("clerk", "k1") == first
    assert (first.version, first.variant) == (4, RFC_4122)
    others = {keys.new_id("clerk", "k2"), keys.new_id("bo", "k1"), first}
    assert len(others) == 3


def test_requests_are_told_apart_without_their_content(home: Path) -> None:
    keys = Keys(home)
    assert keys.request_hash(b"a") == keys.request_hash(b"a")
    assert keys.request_hash(b"a") != keys.request_hash(b"b")
    assert b"a" * 8 not in keys.request_hash(b"a" * 8)
