"""What callers may ask of a post."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishPost:
    """``primary`` is the A holder, ``backup`` the B holder (R-226)."""

    post_id: UUID
    office_code: str
    name: str
    primary: UUID
    backup: UUID
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePostHolders:
    post_id: UUID
    primary: UUID
    backup: UUID
    now: datetime


PostCommand = EstablishPost | ChangePostHolders
