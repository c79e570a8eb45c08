"""Posts and items as a form offers them, read from the directories' views."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.office.codes import DivisionCode
from infra.database import Database, Role
from projections import items, offices, posts
from projections.scope import Scope
from projections.view import Rows

BATCH, NOBODY = 500, UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A post with its office; ``holders`` are A and B."""

    post_id: UUID
    name: str
    office_code: str
    office: str
    holders: tuple[UUID, UUID]


def places_of_line(database: Database, office_code: str) -> Sequence[Place]:
    """Posts up and down the line of ``office_code`` (R-904), nearest tier first."""
    here = DivisionCode(office_code)
    county = here
    while county.parent is not None:
        county = county.parent
    found = _places(database, Scope.of(county.digits))
    line = [
        place
        for place in found
        if here.covers(DivisionCode(place.office_code))
        or DivisionCode(place.office_code).covers(here)
    ]
    return sorted(line, key=lambda place: (place.office_code, place.name))


def places_of_holder(
    database: Database, office_code: str, officer: UUID
) -> Sequence[Place]:
    """Posts of the scope that ``officer`` holds as A or B, his A posts first."""
    found = _places(database, Scope.of(office_code))
    own = [place for place in found if officer in place.holders]
    return sorted(own, key=lambda place: place.holders.index(officer))


def items_offered(database: Database) -> Sequence[tuple[str, str]]:
    """Code and name of every item of the county."""
    with database.transaction(Role.READER) as cursor:
        rows = _all(lambda after: items.page(cursor, after, BATCH), "item_code", "")
        return [(row["item_code"], row["name"]) for row in rows]


def _places(database: Database, scope: Scope) -> Sequence[Place]:
    with database.transaction(Role.READER) as cursor:
        read = _all(
            lambda after: posts.page(cursor, scope, after, BATCH), "post_id", NOBODY
        )
        rows = list(read)
        named = offices.names(cursor, [row["office_code"] for row in rows])
    return [
        Place(
            post_id=row["post_id"],
            name=row["name"],
            office_code=row["office_code"],
            office=named.get(row["office_code"], row["office_code"]),
            holders=(row["primary_holder"], row["backup_holder"]),
        )
        for row in rows
    ]


def _all(
    read: Callable[[Any], Rows], key: str, first: str | UUID
) -> Iterator[dict[str, Any]]:
    after = first
    while rows := read(after):
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1][key]
