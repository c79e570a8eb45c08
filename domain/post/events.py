"""Facts about a post. Names and fields are a storage format."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEstablished:
    post_id: UUID
    office_code: str
    name: str
    primary: UUID
    backup: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PostHoldersChanged:
    primary: UUID
    backup: UUID


PostEvent = PostEstablished | PostHoldersChanged
