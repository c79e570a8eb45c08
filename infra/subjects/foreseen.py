"""Streams that a decision will surely read, so that many are read at once."""

from collections.abc import Iterator
from uuid import UUID

from domain.calendar.due import local_date
from domain.case.commands import OpenCase
from domain.party.commands import RegisterParty
from infra.reader import Reader
from infra.subjects import streams
from infra.subjects.routing import STREAM


def foreseen(command: object, reader: Reader) -> Iterator[UUID]:
    """A hint only: what is left out is read one by one when it is needed."""
    yield STREAM[type(command)](command)
    match command:
        case RegisterParty():
            yield reader.identity(command.digest)
        case OpenCase():
            yield command.applicant
            yield command.post
            day = local_date(command.now).isoformat()
            yield streams.case_number_stream(command.item_code, day)
        case _:
            return
