"""Offices, parties, items, officers, posts, calendars, policy at the desk."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import domain.calendar.decisions as calendars
import domain.catalogue.decisions as catalogue
import domain.office.decisions as offices
import domain.party.decisions as parties
import domain.post.decisions as posts
import domain.staff.decisions as staff
import domain.supervision.decisions as supervision
from domain.calendar import state as calendar_state
from domain.calendar.commands import CalendarCommand
from domain.catalogue import state as catalogue_state
from domain.catalogue.commands import CatalogueCommand
from domain.office import state as office_state
from domain.office.codes import DivisionCode
from domain.office.commands import OfficeCommand
from domain.office.state import Office
from domain.party import state as party_state
from domain.party.commands import MergeParty, PartyCommand, RegisterParty
from domain.party.events import IdentityClaimed
from domain.post import state as post_state
from domain.post.commands import EstablishPost, PostCommand
from domain.staff import state as staff_state
from domain.staff.commands import StaffCommand
from domain.supervision import state as supervision_state
from domain.supervision.commands import SupervisionCommand
from infra.reader import Reader
from infra.subjects import streams
from infra.subjects.placing import Decided


def _on(stream_id: UUID, events: Iterable[Any]) -> Decided:
    return Decided(subject=stream_id, placed=tuple((stream_id, e) for e in events))


def read_office(reader: Reader, code: str) -> Office:
    return reader.fact(streams.office_stream(code), office_state.fold, f"office:{code}")


def decide_office(command: OfficeCommand, reader: Reader) -> Decided:
    stream_id = streams.office_stream(command.code)
    office = reader.state(stream_id, office_state.fold)
    above = DivisionCode(command.code).parent
    parent = read_office(reader, above.digits) if above else None
    facts = offices.OfficeFacts(parent=parent)
    return _on(stream_id, offices.decide(office, command, facts))


def decide_party(command: PartyCommand, reader: Reader) -> Decided:
    party = reader.state(command.party_id, party_state.fold)
    match command:
        case RegisterParty():
            return _register_party(command, party, reader)
        case MergeParty():
            into = reader.fact(command.into, party_state.fold, f"party:{command.into}")
            facts = parties.PartyFacts(into=into)
        case _:
            facts = parties.PartyFacts()
    return _on(command.party_id, parties.decide(party, command, facts))


def _register_party(
    command: RegisterParty, party: party_state.Party, reader: Reader
) -> Decided:
    """The number's own stream makes it unique: both are appended, or neither."""
    identity = reader.identity(command.digest)
    holder = reader.state(identity, party_state.holder)
    events = parties.decide(party, command, parties.PartyFacts(holder=holder))
    return Decided(
        subject=holder or command.party_id,
        placed=tuple(
            (
                identity if isinstance(event, IdentityClaimed) else command.party_id,
                event,
            )
            for event in events
        ),
    )


def decide_catalogue(command: CatalogueCommand, reader: Reader) -> Decided:
    stream_id = streams.item_stream(command.item_code)
    item = reader.state(stream_id, catalogue_state.fold)
    return _on(stream_id, catalogue.decide(item, command))


def decide_staff(command: StaffCommand, reader: Reader) -> Decided:
    officer = reader.state(command.officer_id, staff_state.fold)
    facts = staff.StaffFacts(office=read_office(reader, command.office_code))
    return _on(command.officer_id, staff.decide(officer, command, facts))


def decide_post(command: PostCommand, reader: Reader) -> Decided:
    post = reader.state(command.post_id, post_state.fold)
    office = (
        read_office(reader, command.office_code)
        if isinstance(command, EstablishPost)
        else None
    )
    primary, backup = (
        reader.fact(officer, staff_state.fold, f"officer:{officer}")
        for officer in (command.primary, command.backup)
    )
    facts = posts.PostFacts(office=office, primary=primary, backup=backup)
    return _on(command.post_id, posts.decide(post, command, facts))


def decide_calendar(command: CalendarCommand, reader: Reader) -> Decided:
    stream_id = streams.calendar_stream(command.layer)
    calendar = reader.state(stream_id, calendar_state.fold)
    return _on(stream_id, calendars.decide(calendar, command))


def decide_supervision(command: SupervisionCommand, reader: Reader) -> Decided:
    policy = reader.state(streams.WARNING_POLICY, supervision_state.fold)
    return _on(streams.WARNING_POLICY, supervision.decide(policy, command))
