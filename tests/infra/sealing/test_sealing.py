"""Personal fields lie in the log as ciphertext that opens in its own place alone."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from domain.party.events import PartyRegistered
from domain.party.state import Party, fold
from domain.personal import Personal
from infra.event_codec import STORED, plain
from infra.event_log import EventLog, LogHasNoVault, library_environment
from infra.sealing.person_keys import KEPT_SECONDS, KeyIsMissing, PersonKeys
from infra.sealing.sealed import FieldIsSealed, Sealed, SealIsBroken, place_of
from infra.sealing.seals import KeyIsDestroyed, Seals
from infra.services import Services
from tests import examples as x
from tests.golden import corpus
from tests.golden.examples import LIVE
from tests.golden.sealing import (
    STREAM,
    Counted,
    VaultInMemory,
    opened,
    seals_in_memory,
)
from tests.rules import rule
from tests.world import ID_NUMBER, World, register_applicant

NAME = "张三丰"
event = PartyRegistered(
    kind="person", name=Personal(NAME), number=Personal(ID_NUMBER), phone=None
)


def party_of(services: Services) -> Party:
    return fold(recorded.event for recorded in services.log.stream(x.APPLICANT))


def states(services: Services) -> bytes:
    """All that the log's table holds of events and outcomes."""
    with psycopg.connect(services.database.conninfo) as connection:
        events = connection.execute("SELECT state FROM log.events").fetchall()
        outcomes = connection.execute("SELECT * FROM log.commands").fetchall()
    return b"".join(state for (state,) in events) + repr(outcomes).encode()


@rule("R-807")
def test_the_log_holds_ciphertext_and_reads_as_before(settled: World) -> None:
    register_applicant(settled)
    services = settled.services
    for told in (NAME, ID_NUMBER, "13812345678"):
        assert told.encode() not in states(services)
    assert party_of(services).name == Personal(NAME)
    assert party_of(services).number == Personal(ID_NUMBER)


@rule("R-807")
@pytest.mark.parametrize(
    "place",
    [
        place_of(UUID(int=2), 1, "name"),
        place_of(UUID(int=1), 2, "name"),
        place_of(UUID(int=1), 1, "number"),
    ],
    ids=["stream", "version", "field"],
)
def test_a_ciphertext_moved_elsewhere_does_not_open(place: bytes) -> None:
    seals = seals_in_memory("moved")
    field: Any = seals.sealed(UUID(int=1), 1, event).name
    moved = Sealed(field.key, field.box)
    moved.placed(seals, place_of(UUID(int=1), 1, "name"))
    assert moved.reveal() == NAME
    moved.placed(seals, place)
    with pytest.raises(SealIsBroken):
        moved.reveal()


@rule("R-807")
def test_an_altered_ciphertext_does_not_open() -> None:
    seals = seals_in_memory("altered")
    field: Any = seals.sealed(UUID(int=1), 1, event).name
    for place in range(len(field.box)):
        box = bytearray(field.box)
        box[place] ^= 1
        altered = Sealed(field.key, bytes(box))
        altered.placed(seals, place_of(UUID(int=1), 1, "name"))
        with pytest.raises(SealIsBroken):
            altered.reveal()


@rule("R-807")
def test_the_same_text_is_sealed_differently_each_time() -> None:
    seals = seals_in_memory("nonces")
    boxes = {seals.sealed(UUID(int=1), 1, event).name.box for _ in range(100)}
    assert len({box[:12] for box in boxes}) == 100


@rule("R-807")
def test_a_destroyed_key_shows_erased_and_history_still_folds(settled: World) -> None:
    register_applicant(settled)
    services = settled.services
    before = services.log.stream(x.APPLICANT)
    services.seals.destroy(x.APPLICANT)
    for party in (party_of(services), fold(r.event for r in before)):
        assert party.exists
        assert party.name is not None
        assert party.name.is_erased
        assert party.name.reveal() == "已删除"
    with pytest.raises(KeyIsDestroyed):
        services.seals.sealed(x.APPLICANT, 2, event)


def test_a_log_read_without_a_vault_stays_closed(settled: World) -> None:
    register_applicant(settled)
    conninfo = settled.services.database.conninfo
    with EventLog(env=library_environment(conninfo, 1)) as log:
        party = fold(recorded.event for recorded in log.stream(x.APPLICANT))
        assert party.name is not None
        with pytest.raises(FieldIsSealed):
            party.name.reveal()
        with pytest.raises(LogHasNoVault):
            _ = log.seals


def test_a_key_that_was_never_there_is_no_erased_person() -> None:
    keys = PersonKeys(VaultInMemory(), lambda: bytes(32), Counted("missing"))
    with pytest.raises(KeyIsMissing):
        keys.of(UUID(int=1))


def test_a_key_destroyed_elsewhere_is_forgotten_in_time() -> None:
    clock = [0.0]
    vault = VaultInMemory()
    keys = PersonKeys(vault, lambda: bytes(32), Counted("late"), lambda: clock[0])
    keys.made([UUID(int=1)])
    vault.destroy(UUID(int=1))
    assert keys.of(UUID(int=1)) is not None
    clock[0] = KEPT_SECONDS + 1
    assert keys.of(UUID(int=1)) is None


def test_a_log_written_before_sealing_is_still_read(settled: World) -> None:
    services = settled.services
    _, state = plain(event, LIVE)
    old = StoredEvent(UUID(int=99), 1, "party.registered.v1", state)
    recorded: Any = services.log.mapper.to_domain_event(old)
    assert recorded.event == event


def test_sealed_and_plain_golden_events_say_the_same() -> None:
    for name in ("registered", "corrected", "merged"):
        old, new = (
            opened(*corpus.read(corpus.FOLDER / f"party.{name}.{version}.json"))
            for version in ("v1", "v2")
        )
        assert old == new


def test_what_is_read_is_written_again_as_it_was() -> None:
    seals: Seals = seals_in_memory("again")
    closed = seals.sealed(STREAM, 1, event)
    again = replace(closed, kind="organisation")
    for sealed in (closed, again):
        assert b'"sealed"' in STORED.encode(sealed)
