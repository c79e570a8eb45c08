"""Every event survives storage; nothing personal shows outside it (design 3)."""

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from eventsourcing.persistence import JSONTranscoder, StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.party.events import PartyRegistered
from domain.personal import Personal
from domain.unknown import UnknownEvent
from infra.envelope import Meta, Recorded
from infra.event_codec import (
    DECODERS,
    ENCODER,
    EventMapper,
    PersonalDataIsNotSealed,
    decode,
    encode,
    plain,
)
from infra.stored_names import NAMES, TYPES
from tests.golden.examples import EXAMPLES, LIVE
from tests.golden.sealing import seals_in_memory
from tests.rules import rule

st.register_type_strategy(Personal, st.builds(Personal, st.text()))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
NAME = "张三丰"
META = ENCODER.encode(LIVE)
MAPPER = EventMapper(transcoder=JSONTranscoder())
MAPPER.seals = seals_in_memory("codec")
registered: Any = EXAMPLES[PartyRegistered]
every_type = pytest.mark.parametrize("kind", NAMES, ids=NAMES.values())


@every_type
@settings(max_examples=25)
@given(data=st.data(), meta=st.from_type(Meta))
def test_every_event_survives_storage(
    kind: type, data: st.DataObject, meta: Meta
) -> None:
    recorded = Recorded(UUID(int=5), 3, data.draw(st.from_type(kind)), meta)
    stored = MAPPER.to_stored_event(recorded)
    assert MAPPER.to_domain_event(stored) == recorded
    assert encode(*decode(stored.topic, stored.state)) == (stored.topic, stored.state)


@every_type
@settings(max_examples=25)
@given(data=st.data(), meta=st.from_type(Meta))
def test_the_plain_form_tells_all_of_an_event(
    kind: type, data: st.DataObject, meta: Meta
) -> None:
    event = data.draw(st.from_type(kind))
    assert decode(*plain(event, meta)) == (event, meta)


@every_type
def test_the_stored_form_is_readable_json_of_the_fact_and_its_envelope(
    kind: type,
) -> None:
    name, state = plain(EXAMPLES[kind], LIVE)
    stored = json.loads(state.decode("utf-8"))
    assert set(stored) == {"data", "meta"}
    assert set(stored["data"]) == {field.name for field in fields(kind)}
    assert "\\u" not in state.decode("utf-8")
    assert name == NAMES[kind]


@pytest.mark.parametrize("name", NAMES.values())
def test_a_stored_name_is_subject_participle_and_version(name: str) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*\.v[1-9]\d*", name)
    words = name.split(".")[1].split("_")
    irregular = {"taken", "given", "withdrawn", "sent", "read", "held"}
    assert any(word.endswith("ed") or word in irregular for word in words)


def test_a_stored_name_belongs_to_one_event_and_is_no_python_path() -> None:
    assert len(set(NAMES.values())) == len(NAMES)
    assert {kind: name for name, kind in TYPES.items()} == NAMES
    assert not any(kind.__name__ in name for kind, name in NAMES.items())


def test_a_name_of_a_later_program_is_an_unknown_event() -> None:
    event, meta = decode("party.teleported.v9", b'{"data":{"to":1},"meta":%s}' % META)
    assert event == UnknownEvent(name="party.teleported.v9", data={"to": 1})
    assert meta == LIVE


def test_what_no_program_has_written_is_no_unknown_event() -> None:
    with pytest.raises(ValueError, match="nobody has written this"):
        decode("party.teleported.v9", b"{}")


def test_a_field_of_a_later_program_is_passed_over() -> None:
    name, state = plain(registered, LIVE)
    stored = json.loads(state)
    stored["data"]["later"] = stored["meta"]["later"] = 1
    assert decode(name, json.dumps(stored).encode()) == (registered, LIVE)


def test_the_mapper_keeps_stream_version_and_what_the_database_gave() -> None:
    recorded = Recorded(UUID(int=5), 3, registered, LIVE)
    stored = MAPPER.to_stored_event(recorded)
    assert (stored.originator_id, stored.originator_version) == (UUID(int=5), 3)
    assert stored.topic == "party.registered.v2"
    assert MAPPER.to_domain_event(stored) == recorded


def test_before_it_is_recorded_an_event_has_no_instant() -> None:
    recorded = Recorded(UUID(int=5), 3, registered, LIVE)
    with pytest.raises(ValueError, match="not been recorded"):
        _ = recorded.effective_at
    at = datetime(2026, 9, 17, tzinfo=UTC)
    assert replace(recorded, recorded_at=at).effective_at == at


@rule("R-807")
def test_personal_data_is_never_stored_in_plain() -> None:
    with pytest.raises(PersonalDataIsNotSealed):
        encode(registered, LIVE)
    stored = MAPPER.to_stored_event(Recorded(UUID(int=5), 1, registered, LIVE))
    assert NAME not in stored.state.decode()
    assert set(json.loads(stored.state)["data"]["name"]) == {"sealed", "key"}


@rule("R-807")
def test_personal_data_shows_in_no_text() -> None:
    recorded = Recorded(UUID(int=5), 1, registered, LIVE)
    for thing in (Personal(NAME), registered, recorded, [registered], {1: recorded}):
        for text in (str(thing), repr(thing), f"{thing}", f"{thing!r}"):
            assert NAME not in text
    assert Personal(NAME).reveal() == NAME


def test_what_has_no_stored_form_is_refused_and_not_guessed() -> None:
    with pytest.raises(NotImplementedError, match="object"):
        ENCODER.encode(object())
    hook = DECODERS[NAMES[PartyRegistered]].dec_hook
    with pytest.raises(NotImplementedError, match="complex"):
        msgspec.json.decode(b"1", type=complex, dec_hook=hook)


@rule("R-807")
def test_a_stored_event_that_cannot_be_read_is_not_quoted() -> None:
    name, state = plain(registered, LIVE)
    stored = json.loads(state)
    stored["data"]["kind"] = {"wrong": NAME}
    broken = StoredEvent(UUID(int=5), 1, name, json.dumps(stored).encode())
    with pytest.raises(ValueError, match="Expected") as caught:
        MAPPER.to_domain_event(broken)
    assert NAME not in str(caught.value)
