"""What callers may ask of an office."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOffice:
    """Open an office under its division code; ``phone`` is its public line."""

    code: str
    name: str
    phone: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameOffice:
    code: str
    name: str
    now: datetime


OfficeCommand = RegisterOffice | RenameOffice
