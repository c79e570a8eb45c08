"""A state holds each fact of its latest event under the event's own name for it."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

import pytest

from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.calendar.state import fold as calendar_of
from domain.case import events as e
from domain.case.state import fold as case_of
from domain.office.events import OfficeRegistered, OfficeRenamed
from domain.office.state import fold as office_of
from domain.party.events import PartyCorrected, PartyRegistered
from domain.party.state import fold as party_of
from domain.post.events import PostEstablished, PostHoldersChanged
from domain.post.state import fold as post_of
from domain.staff.events import OfficerRegistered, SourceOfficerNamed
from domain.staff.state import fold as officer_of
from domain.supervision.events import WarningPolicyPublished
from domain.supervision.state import fold as policy_of
from tests.golden.examples import EXAMPLES

HISTORIES: tuple[tuple[Callable[[Iterable[Any]], object], tuple[type, ...]], ...] = (
    (calendar_of, (CalendarYearPublished,)),
    (calendar_of, (CalendarYearPublished, CalendarYearRevised)),
    (case_of, (e.CaseOpened,)),
    (case_of, (e.CaseOpened, e.CaseAccepted)),
    (case_of, (e.SourceCaseRecorded,)),
    (office_of, (OfficeRegistered,)),
    (office_of, (OfficeRegistered, OfficeRenamed)),
    (officer_of, (OfficerRegistered,)),
    (officer_of, (SourceOfficerNamed,)),
    (party_of, (PartyRegistered,)),
    (party_of, (PartyRegistered, PartyCorrected)),
    (policy_of, (WarningPolicyPublished,)),
    (post_of, (PostEstablished,)),
    (post_of, (PostEstablished, PostHoldersChanged)),
)
BY_EVENT = [pytest.param(f, h, id=h[-1].__name__) for f, h in HISTORIES]


@pytest.mark.parametrize(("fold", "history"), BY_EVENT)
def test_what_the_latest_event_says_is_kept(
    fold: Callable[[Iterable[Any]], Any], history: tuple[type, ...]
) -> None:
    told: Any = EXAMPLES[history[-1]]
    state = fold(EXAMPLES[event] for event in history)
    shared = {f.name for f in fields(told)} & {f.name for f in fields(state)}
    assert shared
    assert [n for n in shared if getattr(state, n) != getattr(told, n)] == []


def test_a_derived_handover_moves_the_case_to_the_officer_it_names() -> None:
    recorded, moved = EXAMPLES[e.SourceCaseRecorded], EXAMPLES[e.SourceHandoverDerived]
    assert isinstance(recorded, e.SourceCaseRecorded)
    assert isinstance(moved, e.SourceHandoverDerived)
    assert case_of((recorded, moved)).responsible == moved.to_officer
