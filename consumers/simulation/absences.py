"""When the A holder of a post is away, so that B takes over."""

from collections.abc import Iterable
from random import Random
from typing import Any
from uuid import UUID

from consumers.simulation.county import County, Post

PER = 1000


class Absences:
    """Days of absence of each post's A holder, by number of the working day."""

    def __init__(
        self, county: County, days: int, rng: Random, ways: dict[str, Any]
    ) -> None:
        self._away: dict[UUID, frozenset[int]] = {
            post.id: frozenset(_days(rng, days, ways)) for post in posts_of(county)
        }

    def is_away(self, post: Post, day: int) -> bool:
        return day in self._away[post.id]


def posts_of(county: County) -> Iterable[Post]:
    """All posts, the centre's first."""
    for place in (county.centre, *county.townships):
        yield from place.windows.values()
        yield from place.agencies


def _days(rng: Random, days: int, ways: dict[str, Any]) -> Iterable[int]:
    day = 0
    while day < days:
        if rng.random() * PER < ways["begins"]:
            for _ in range(rng.choice(ways["lasts"])):
                yield day
                day += 1
        day += 1
