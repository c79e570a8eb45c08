"""What callers may ask of an officer's record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOfficer:
    officer_id: UUID
    staff_no: str
    badge_name: str
    office_code: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSourceOfficer:
    """Import only: keep the label a foreign log uses for an officer."""

    officer_id: UUID
    label: str
    office_code: str
    now: datetime


StaffCommand = RegisterOfficer | NameSourceOfficer
