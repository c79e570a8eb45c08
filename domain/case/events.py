"""Facts about a case. Names and fields are a storage format: add, never rename."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumberTaken:
    """In the stream of one item on one day: the serial behind the number (R-504)."""

    case_id: UUID
    case_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """``is_collected``: taken in by a village point, not yet by an organ (R-117)."""

    case_id: UUID
    case_no: str
    item_code: str
    item_version: int
    item_name: str
    applicant: UUID
    office_code: str
    channel: str
    is_collected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstContactAssigned:
    officer: UUID
    post: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeNoticeGiven:
    """``materials`` is the whole list of the item version, ``missing`` what lacks."""

    item_version: int
    materials: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsReceived:
    materials: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccepted:
    """The limits applied, and the due dates as told on the 受理通知书 (R-108, F-4).

    A provisional date was told as 预计; None = it could not be told yet (R-611).
    """

    document_no: str
    seal: str
    accepted_on: date
    statutory_limit: int | None
    promised_limit: int
    limit_unit: str
    promised_due_told: date | None
    statutory_due_told: date | None
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceRefused:
    """``kind`` is ``not_required`` or ``not_competent`` (R-105)."""

    kind: str
    reason: str
    competent_organ: str | None
    document_no: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandedOver:
    from_officer: UUID
    to_officer: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTransferred:
    """To another post, up or down one line of offices; received if it was collected."""

    from_office: str
    to_office: str
    to_post: UUID
    to_officer: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided:
    """``outcome`` is ``granted`` or ``refused``; a refusal has reasons and remedies."""

    outcome: str
    decided_on: date
    reasons: str | None
    remedies: str | None
    document_no: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDelivered:
    mode: str
    delivered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRated:
    """``level`` is one of the five of R-301 by name, never a raw code (R-302).

    ``options`` are codes of the national list (R-307), in its order.
    """

    level: str
    channel: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A column of a foreign log, kept as it stands."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCaseRecorded:
    """A case as a foreign log tells it. None = not recorded there, so not known."""

    case_id: UUID
    source_case: str
    source_log: str
    office_code: str
    item_name: str | None
    channel: str | None
    opened_at: datetime | None
    deadline_at: datetime | None
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStepRecorded:
    """One row of a foreign log; ``step`` None = kept as a neutral source step.

    ``transition`` is the row's lifecycle transition where the log has such.
    """

    activity: str
    transition: str | None
    step: str | None
    kind: str | None
    officer: UUID | None
    group: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHandoverDerived:
    """Nobody recorded it: two following rows of the log name different officers."""

    from_officer: UUID
    to_officer: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCaseEnded:
    ended_at: datetime


CaseEvent = (
    CaseOpened
    | FirstContactAssigned
    | OneTimeNoticeGiven
    | MaterialsReceived
    | CaseAccepted
    | AcceptanceRefused
    | CaseHandedOver
    | CaseTransferred
    | CaseDecided
    | ResultDelivered
    | CaseRated
    | CaseWithdrawn
    | SourceCaseRecorded
    | SourceStepRecorded
    | SourceHandoverDerived
    | SourceCaseEnded
)
CASE_EVENTS: tuple[type, ...] = get_args(CaseEvent)
