"""All names that a case and its events mention, read from the log at once."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from uuid import UUID

from api.pages.names import NamesInLog
from domain.case.state import Case
from domain.catalogue import state as catalogue
from domain.catalogue.state import ItemVersion
from infra.envelope import Recorded
from infra.event_log import EventLog
from infra.subjects import streams

OFFICE_FIELDS = ("office_code", "from_office", "to_office")


def names_of(
    log: EventLog, cases: Iterable[Case], timeline: Sequence[Recorded]
) -> NamesInLog:
    """Names for the states ``cases`` and for the events with their envelopes."""
    known = list(cases)
    named = [*known, *(r.event for r in timeline), *(r.meta for r in timeline)]
    values = [getattr(each, field.name) for each in named for field in fields(each)]
    ids = {value for value in values if isinstance(value, UUID)}
    ids -= {case.case_id for case in known} | {r.meta.command_id for r in timeline}
    codes = {getattr(each, name, None) for each in named for name in OFFICE_FIELDS}
    return NamesInLog(log, ids, codes | {r.meta.office for r in timeline})


def item_of(log: EventLog, case: Case) -> ItemVersion | None:
    """The version of the item that the case keeps (R-521); none for imported ones."""
    if case.is_imported:
        return None
    stream = log.stream(streams.item_stream(case.item_code))
    item = catalogue.fold(recorded.event for recorded in stream)
    return item.version(case.item_version)
