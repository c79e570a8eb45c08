"""What was ever written can be read: every stored name, by its golden file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from domain.calendar import events as calendar_events
from domain.calendar import state as calendar
from domain.case import events as case_events
from domain.case import state as case
from domain.catalogue import state as catalogue
from domain.catalogue.events import ItemVersionPublished
from domain.notice import events as notice_events
from domain.notice import state as notice
from domain.office import events as office_events
from domain.office import state as office
from domain.party import events as party_events
from domain.party import state as party
from domain.post import events as post_events
from domain.post import state as post
from domain.staff import events as staff_events
from domain.staff import state as staff
from domain.supervision import state as supervision
from domain.supervision.events import WarningPolicyPublished
from infra.event_codec import READABLE, decode, encode
from infra.log_events import LogInitialised
from infra.stored_names import NAMES
from infra.upcasters import STEPS, upcast
from tests.golden import corpus
from tests.golden.sealing import opened

Fold = Callable[[Any], Any]
FOLDS: dict[type, Fold] = {
    **dict.fromkeys(get_args(case_events.CaseEvent), case.fold),
    **dict.fromkeys(get_args(calendar_events.CalendarEvent), calendar.fold),
    **dict.fromkeys(get_args(notice_events.NoticeEvent), notice.fold),
    **dict.fromkeys(get_args(office_events.OfficeEvent), office.fold),
    **dict.fromkeys(get_args(party_events.PartyEvent), party.fold),
    **dict.fromkeys(get_args(post_events.PostEvent), post.fold),
    **dict.fromkeys(get_args(staff_events.StaffEvent), staff.fold),
    ItemVersionPublished: catalogue.fold,
    WarningPolicyPublished: supervision.fold,
    party_events.IdentityClaimed: party.holder,
    case_events.CaseNumberTaken: len,  # the serial is how many there are
    LogInitialised: len,  # read once, by who asks for the kind of log
}
# Of an empty stream: nothing was received, and nothing was held.
SAY_NOTHING_NEW = (case_events.MaterialsReceived, party_events.PartyReleased)
each_file = pytest.mark.parametrize("file", corpus.files(), ids=lambda file: file.stem)


def still_says(now: Any, then: Any) -> bool:
    """Whether ``now`` has all of ``then``; a later version may only add fields."""
    match then:
        case dict():
            return isinstance(now, dict) and all(
                key in now and still_says(now[key], value)
                for key, value in then.items()
            )
        case list():
            return len(now) == len(then) and all(map(still_says, now, then))
        case _:
            return bool(now == then)


def name_of(file: Path) -> str:
    """A second file of a name, as ``case.rated.v1+options``, shows a later field."""
    return file.stem.partition("+")[0]


def test_every_stored_name_has_its_golden_file() -> None:
    assert {name_of(file) for file in corpus.files()} == READABLE


def test_a_golden_file_is_never_edited_nor_taken_away() -> None:
    there = {file.name: corpus.digest_of(file) for file in corpus.files()}
    assert there == corpus.sums()


@each_file
def test_a_golden_event_is_read_and_written_again_as_it_was(file: Path) -> None:
    topic, state = corpus.read(file)
    assert topic == name_of(file)
    if topic in STEPS:
        return
    name, again = encode(*decode(topic, state))
    assert name == topic
    assert still_says(json.loads(again), json.loads(state))


@each_file
def test_a_golden_event_is_upcast_to_the_newest_name(file: Path) -> None:
    topic, state = corpus.read(file)
    newest, _ = upcast(topic, json.loads(state)["data"])
    assert NAMES[type(decode(topic, state)[0])] == newest


@each_file
def test_a_golden_event_folds(file: Path) -> None:
    event: Any = opened(*corpus.read(file))
    empty, folded = FOLDS[type(event)]([]), FOLDS[type(event)]([event])
    assert folded != empty or isinstance(event, SAY_NOTHING_NEW)


@each_file
def test_a_golden_file_is_written_for_people(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == corpus.pretty(*corpus.read(file))


def test_missing_files_are_added_and_none_is_overwritten(tmp_path: Path) -> None:
    kept = tmp_path / "office.registered.v1.json"
    kept.write_text("as released", encoding="utf-8")
    added = corpus.add_missing(tmp_path)
    assert len(added) == len(NAMES) - 1
    assert kept.read_text(encoding="utf-8") == "as released"
    assert corpus.add_missing(tmp_path) == []


def test_a_field_that_is_gone_or_changed_is_noticed() -> None:
    then = {"data": {"name": "甲", "days": [1, 2]}}
    assert still_says({"data": {"name": "甲", "days": [1, 2], "new": None}}, then)
    assert not still_says({"data": {"days": [1, 2]}}, then)
    assert not still_says({"data": {"name": "乙", "days": [1, 2]}}, then)
    assert not still_says({"data": {"name": "甲", "days": [1]}}, then)
