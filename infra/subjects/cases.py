"""Cases at the desk: the facts each command rests on, and the number's stream."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.calendar import state as calendar_state
from domain.calendar.due import local_date
from domain.case import commands as c
from domain.case.decisions import decide
from domain.case.events import CaseNumberTaken
from domain.case.facts import CaseFacts
from domain.case.state import Case, fold
from domain.catalogue import state as catalogue_state
from domain.catalogue.state import ItemVersion
from domain.party import state as party_state
from domain.post import state as post_state
from domain.post.state import Post
from infra.reader import Reader
from infra.subjects import streams
from infra.subjects.placing import Decided
from infra.subjects.registry import read_office

LAYER = "national"


def decide_case(command: c.CaseCommand, reader: Reader) -> Decided:
    case = reader.state(command.case_id, fold)
    number = _number_stream(command)
    events = decide(case, command, _facts(case, command, reader, number))
    subject = command.case_id
    if number is None:
        placed = [(subject, event) for event in events]
    else:
        placed = [
            (number if isinstance(event, CaseNumberTaken) else subject, event)
            for event in events
        ]
    return Decided(subject=subject, placed=tuple(placed))


def _number_stream(command: c.CaseCommand) -> UUID | None:
    if not isinstance(command, c.OpenCase):
        return None
    day = local_date(command.now).isoformat()
    return streams.case_number_stream(command.item_code, day)


def _facts(
    case: Case, command: c.CaseCommand, reader: Reader, number: UUID | None
) -> CaseFacts:
    match command:
        case c.OpenCase():
            return CaseFacts(
                item=_current_item(reader, command.item_code),
                applicant=reader.fact(
                    command.applicant, party_state.fold, f"party:{command.applicant}"
                ),
                post=_post(reader, command.post),
                serial=reader.version(number) + 1 if number else 0,
            )
        case c.RecordSourceCase():
            return CaseFacts(office=read_office(reader, command.office_code))
        case c.RecordSourceStep() | c.RecordSourceEnd() | c.RateCase():
            return CaseFacts()
        case _:
            return _facts_of_step(case, command, reader)


def _facts_of_step(case: Case, command: Any, reader: Reader) -> CaseFacts:  # noqa: ANN401
    if not case.exists or case.is_imported:
        return CaseFacts()
    is_transfer = isinstance(command, c.TransferCase)
    return CaseFacts(
        item=_item(reader, case),
        post=_post(reader, case.post) if case.post else None,
        to_post=_post(reader, command.to_post) if is_transfer else None,
        calendar=_calendar(reader) if isinstance(command, c.AcceptCase) else None,
    )


def _current_item(reader: Reader, item_code: str) -> ItemVersion | None:
    stream_id = streams.item_stream(item_code)
    return reader.fact(stream_id, catalogue_state.fold, f"item:{item_code}").current


def _item(reader: Reader, case: Case) -> ItemVersion | None:
    """R-521: a running case keeps the version it was opened under."""
    stream_id = streams.item_stream(case.item_code)
    item = reader.fact(stream_id, catalogue_state.fold, f"item:{case.item_code}")
    return item.version(case.item_version)


def _post(reader: Reader, post_id: UUID) -> Post:
    return reader.fact(post_id, post_state.fold, _post_label(post_id))


@lru_cache(4096)  # of few posts there are many steps
def _post_label(post_id: UUID) -> str:
    return f"post:{post_id}"


def _calendar(reader: Reader) -> calendar_state.Calendar:
    stream_id = streams.calendar_stream(LAYER)
    return reader.fact(stream_id, calendar_state.fold, f"calendar:{LAYER}")
