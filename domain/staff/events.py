"""Facts about an officer. Names and fields are a storage format."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerRegistered:
    """``badge_name`` is shown on the window badge, so public by duty (seed 二.1)."""

    officer_id: UUID
    staff_no: str
    badge_name: str
    office_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOfficerNamed:
    """An officer as a foreign log names him: a label, nothing more."""

    officer_id: UUID
    label: str
    office_code: str


StaffEvent = OfficerRegistered | SourceOfficerNamed
