"""What callers may ask of a case. Time and identity arrive in the command.

``by`` is the acting officer; ``now`` an aware instant.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.case.events import Attribute
from domain.case.source_steps import SourceStep


class Channel(StrEnum):
    WINDOW = "window"
    ONLINE = "online"
    MOBILE = "mobile"
    AGENCY = "agency"


class RefusalKind(StrEnum):
    """R-105(1) not a matter needing acceptance; R-105(2) not this organ's power."""

    NOT_REQUIRED = "not_required"
    NOT_COMPETENT = "not_competent"


class Outcome(StrEnum):
    GRANTED = "granted"
    REFUSED = "refused"


class DeliveryMode(StrEnum):
    COUNTER = "counter"
    POST = "post"
    ELECTRONIC = "electronic"


class RatingLevel(StrEnum):
    """The five levels of R-301; the last two are negative."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    BASICALLY_SATISFIED = "basically_satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


NEGATIVE = frozenset({RatingLevel.DISSATISFIED, RatingLevel.VERY_DISSATISFIED})


class RatingChannel(StrEnum):
    """R-306: by name; codes differ between interfaces."""

    PC = "pc"
    MOBILE = "mobile"
    QR_CODE = "qr_code"
    HALL_TABLET = "hall_tablet"
    HALL_OTHER = "hall_other"
    PHONE = "phone"
    SMS = "sms"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    case_id: UUID
    item_code: str
    applicant: UUID
    post: UUID
    by: UUID
    channel: Channel
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOneTimeNotice:
    """``materials`` None means the whole list; a list must be the whole list."""

    case_id: UUID
    by: UUID
    materials: tuple[str, ...] | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveMaterials:
    case_id: UUID
    by: UUID
    materials: tuple[str, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptCase:
    case_id: UUID
    by: UUID
    document_no: str
    seal: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAcceptance:
    case_id: UUID
    by: UUID
    kind: RefusalKind
    reason: str
    competent_organ: str | None
    document_no: str
    seal: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverCase:
    case_id: UUID
    by: UUID
    to: UUID
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCase:
    """To the A holder of another post of the same line of offices."""

    case_id: UUID
    by: UUID
    to_post: UUID
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCase:
    case_id: UUID
    by: UUID
    outcome: Outcome
    reasons: str | None
    remedies: str | None
    document_no: str
    seal: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverResult:
    case_id: UUID
    by: UUID
    mode: DeliveryMode
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RateCase:
    """``options``: codes of R-307 that belong to the level, each once."""

    case_id: UUID
    level: RatingLevel
    channel: RatingChannel
    options: tuple[str, ...] = ()
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCase:
    """The applicant takes the application back; ``by`` records it."""

    case_id: UUID
    by: UUID
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSourceCase:
    case_id: UUID
    source_case: str
    source_log: str
    office_code: str
    item_name: str | None
    channel: str | None
    opened_at: datetime | None
    deadline_at: datetime | None
    attributes: tuple[Attribute, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSourceStep:
    """``previous_officer``: of the row before, for the derived handover."""

    case_id: UUID
    activity: str
    transition: str | None
    step: SourceStep | None
    kind: str | None
    officer: UUID | None
    previous_officer: UUID | None
    group: str | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSourceEnd:
    case_id: UUID
    ended_at: datetime
    now: datetime


LiveCommand = (
    OpenCase
    | GiveOneTimeNotice
    | ReceiveMaterials
    | AcceptCase
    | RefuseAcceptance
    | HandOverCase
    | TransferCase
    | DecideCase
    | DeliverResult
    | RateCase
    | WithdrawCase
)
SourceCommand = RecordSourceCase | RecordSourceStep | RecordSourceEnd
CaseCommand = LiveCommand | SourceCommand
