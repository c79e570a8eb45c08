"""How many notices are unread: for the bar of every page and the badge's stream."""

from collections.abc import Mapping, Sequence

from psycopg.errors import UndefinedTable

from infra.accounts import Account
from infra.database import Role
from infra.services import Services
from projections import inbox


def unread_count(services: Services, account: Account) -> int:
    """Unread notices of the account's own office; 0 where no view was ever built."""
    return counts_of(services, [account.office_code])[account.office_code]


def counts_of(services: Services, offices: Sequence[str]) -> Mapping[str, int]:
    try:
        with services.database.transaction(Role.READER) as cursor:
            return inbox.unread_in(cursor, list(offices))
    except UndefinedTable:
        return dict.fromkeys(offices, 0)
