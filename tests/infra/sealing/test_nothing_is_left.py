"""Two hundred people erased: tables, dumps, files and logs hold nothing of them."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from consumers.simulation.applicants import id_number
from domain.party.commands import CorrectParty, PartyKind, RegisterParty
from domain.personal import Personal
from infra.sealing.erasure import Asked, erase
from infra.sealing.finding import Term, blind
from infra.services import Services
from projections.all_views import ALL
from projections.runner import Runner
from tests.rules import rule
from tests.world import World

PEOPLE = range(200)
ASKED = Asked(basis="R-806", approver="demo-supervisor", actor="test")


def name(n: int) -> str:
    return f"欧阳甲{n:03d}"


def phone(n: int) -> str:
    return f"1990077{n:04d}"


def needles(services: Services) -> list[bytes]:
    """All that is told of them, and the digests they were found by; in hex too."""
    texts, digest = list[bytes](), services.keys.digest
    for n in PEOPLE:
        told = {Term.NAME: name(n), Term.PHONE: phone(n), Term.NUMBER: id_number(n)}
        texts += [text.encode() for text in told.values()]
        texts += [blind(digest, term, text) for term, text in told.items()]
        texts.append(bytes.fromhex(digest(f"id|{id_number(n)}")))
    return [*texts, *(text.hex().encode() for text in texts)]


def told_of_them(world: World) -> None:
    """Registered, and half of them corrected; the views have seen it all."""
    now, digest = world.now(), world.services.keys.digest
    world.do_all(
        RegisterParty(
            party_id=UUID(int=10_000 + n),
            kind=PartyKind.PERSON,
            name=Personal(name(n)),
            number=Personal(id_number(n)),
            phone=Personal(phone(n)),
            digest=digest(f"id|{id_number(n)}"),
            now=now,
        )
        for n in PEOPLE
    )
    world.do_all(
        CorrectParty(
            party_id=UUID(int=10_000 + n),
            name=Personal(name(n)),
            phone=None,
            reason=f"{name(n)} 换号 {phone(n)}",
            now=now,
        )
        for n in PEOPLE[::2]
    )
    Runner(world.services.log, world.services.database, ALL).catch_up()


def dumped(conninfo: str) -> bytes:
    command = ["pg_dump", "--dbname", conninfo]
    return subprocess.run(command, check=True, capture_output=True).stdout


def files_of(conninfo: str) -> Iterator[tuple[str, bytes]]:
    """The bytes of a database's files, once all of it is written there."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    assert row is not None
    for file in sorted(Path(row[0], "base", str(row[1])).iterdir()):
        yield str(file), file.read_bytes()


def found(sought: list[bytes], places: dict[str, bytes]) -> set[tuple[str, bytes]]:
    return {
        (place, needle)
        for place, content in places.items()
        for needle in sought
        if needle in content
    }


@rule("R-807")
@pytest.mark.timeout(400)
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="no pg_dump here")
def test_of_two_hundred_erased_people_nothing_is_left(
    settled: World, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    services = settled.services
    told_of_them(settled)
    sought = needles(services)
    databases = [services.database.conninfo, services.seals.place.conninfo]
    before = found(sought, {conninfo: dumped(conninfo) for conninfo in databases})
    assert len(before) == 4 * len(PEOPLE)  # the digests in the vault, nothing else
    for n in PEOPLE:
        person = UUID(int=10_000 + n)
        assert erase(services, person, ASKED, is_last=n == PEOPLE[-1]).is_done
    rewrite(databases[0])
    places = {conninfo: dumped(conninfo) for conninfo in databases}
    places |= dict(file for conninfo in databases for file in files_of(conninfo))
    places |= {str(f): f.read_bytes() for f in home.rglob("*") if f.is_file()}
    told = capfd.readouterr()
    assert found(sought, places | {"log": f"{told.out}{told.err}".encode()}) == set()


def rewrite(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("VACUUM FULL")
