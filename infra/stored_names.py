"""Stored name and version of every event. A name is never reused nor renamed."""

from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.case import events as case
from domain.catalogue.events import ItemVersionPublished
from domain.notice.events import NoticeRead, NoticeSent
from domain.office.events import OfficeRegistered, OfficeRenamed
from domain.party.events import (
    IdentityClaimed,
    PartyCorrected,
    PartyHeld,
    PartyMerged,
    PartyRegistered,
    PartyReleased,
    PartyRestricted,
    PersonErased,
    PersonErasureRequested,
)
from domain.post.events import PostEstablished, PostHoldersChanged
from domain.staff.events import OfficerRegistered, SourceOfficerNamed
from domain.supervision.events import WarningPolicyPublished
from domain.unknown import UnknownEvent
from infra.log_events import LogInitialised

NAMES: dict[type, str] = {
    LogInitialised: "log.initialised.v1",
    OfficeRegistered: "office.registered.v1",
    OfficeRenamed: "office.renamed.v1",
    PartyRegistered: "party.registered.v2",
    PartyCorrected: "party.corrected.v2",
    PartyMerged: "party.merged.v2",
    PartyRestricted: "party.restricted.v1",
    PartyHeld: "party.held.v1",
    PartyReleased: "party.released.v1",
    PersonErasureRequested: "person.erasure_requested.v1",
    PersonErased: "person.erased.v1",
    IdentityClaimed: "identity.claimed.v1",
    ItemVersionPublished: "item.version_published.v1",
    OfficerRegistered: "officer.registered.v1",
    SourceOfficerNamed: "officer.named_by_source.v1",
    PostEstablished: "post.established.v1",
    PostHoldersChanged: "post.holders_changed.v1",
    CalendarYearPublished: "calendar.year_published.v1",
    CalendarYearRevised: "calendar.year_revised.v1",
    WarningPolicyPublished: "warning_policy.published.v1",
    case.CaseNumberTaken: "case_number.taken.v1",
    case.CaseOpened: "case.opened.v1",
    case.FirstContactAssigned: "case.first_contact_assigned.v1",
    case.OneTimeNoticeGiven: "case.one_time_notice_given.v1",
    case.MaterialsReceived: "case.materials_received.v1",
    case.CaseAccepted: "case.accepted.v1",
    case.AcceptanceRefused: "case.acceptance_refused.v1",
    case.CaseHandedOver: "case.handed_over.v1",
    case.CaseTransferred: "case.transferred.v1",
    case.CaseDecided: "case.decided.v1",
    case.ResultDelivered: "case.delivered.v1",
    case.CaseRated: "case.rated.v1",
    case.CaseWithdrawn: "case.withdrawn.v1",
    case.SourceCaseRecorded: "case.source_recorded.v1",
    case.SourceStepRecorded: "case.source_step_recorded.v1",
    case.SourceHandoverDerived: "case.source_handover_derived.v1",
    case.SourceCaseEnded: "case.source_ended.v1",
    NoticeSent: "notice.sent.v1",
    NoticeRead: "notice.read.v1",
}
TYPES: dict[str, type] = {name: cls for cls, name in NAMES.items()}


def stored_name(event: object) -> str:
    """Also of an event that this version of the program does not know."""
    return event.name if isinstance(event, UnknownEvent) else NAMES[type(event)]
