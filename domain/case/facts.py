"""What a decision about a case rests on, folded from other streams."""

from dataclasses import dataclass

from domain.calendar.state import Calendar
from domain.catalogue.state import ItemVersion
from domain.office.state import Office
from domain.party.state import Party
from domain.post.state import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """None means: does not exist, or the command does not ask for it.

    ``post`` is the post that holds the case, ``to_post`` the one of a transfer;
    ``serial`` the next number of the item on the day (R-504).
    """

    item: ItemVersion | None = None
    applicant: Party | None = None
    office: Office | None = None
    post: Post | None = None
    to_post: Post | None = None
    calendar: Calendar | None = None
    serial: int = 0
