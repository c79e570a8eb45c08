"""The address of the list of cases behind a figure."""

from datetime import date, datetime
from urllib.parse import urlencode


def cases_address(  # noqa: PLR0913  all that a list is narrowed by
    office: str,
    *,
    tier: str | None = None,
    post: object = None,
    day: date | None = None,
    at: datetime | None = None,
    page: int = 1,
) -> str:
    """``at``: as of an instant; ``day``: those finished on that local date."""
    told = {
        "office": office,
        "tier": tier,
        "post": post,
        "day": day,
        "effective_at": at.isoformat() if at else None,
        "page": page if page > 1 else None,
    }
    return "/cases?" + urlencode({key: value for key, value in told.items() if value})


def board_address(office: str, at: datetime | None = None) -> str:
    """The board of ``office``, now or as of ``at``."""
    told = {"office": office} | ({"effective_at": at.isoformat()} if at else {})
    return "/board?" + urlencode(told)
