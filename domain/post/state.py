"""What the rules need to remember of a post."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import assert_never
from uuid import UUID

from domain.post.events import PostEstablished, PostEvent, PostHoldersChanged
from domain.unknown import known


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    post_id: UUID | None = None
    office_code: str = ""
    name: str = ""
    primary: UUID | None = None
    backup: UUID | None = None

    @property
    def exists(self) -> bool:
        return self.post_id is not None

    def is_held_by(self, officer_id: UUID) -> bool:
        return officer_id in (self.primary, self.backup)


def evolve(post: Post, event: PostEvent) -> Post:
    match event:
        case PostEstablished():
            return Post(
                post_id=event.post_id,
                office_code=event.office_code,
                name=event.name,
                primary=event.primary,
                backup=event.backup,
            )
        case PostHoldersChanged():
            return replace(post, primary=event.primary, backup=event.backup)
        case _:
            assert_never(event)


def fold(events: Iterable[PostEvent]) -> Post:
    return reduce(evolve, known(events), Post())
