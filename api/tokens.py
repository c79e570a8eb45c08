"""Signed sign-in tokens: who calls, until when. Bearer and cookie carry the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

from api.faults import NotSignedIn, TokenHasExpired
from domain.authority import Role
from infra.accounts import Account

COOKIE = "banjian_session"
AUDIENCE = "banjian-api"
ALGORITHM = "HS256"
NEEDED = ("sub", "role", "office", "exp", "aud")
WallClock = Callable[[], datetime]


def real_time() -> datetime:
    """The time a sign-in is measured by, also on a simulated log."""
    return datetime.now(UTC)


class Tokens:
    """Issues and reads tokens that are signed with this installation's key."""

    def __init__(self, key: bytes, hours: int, wall_clock: WallClock) -> None:
        self._key, self._clock = key, wall_clock
        self._life = timedelta(hours=hours)

    def issue(self, account: Account) -> tuple[str, datetime]:
        """A token and when it ends."""
        ends_at = self._clock().replace(microsecond=0) + self._life
        claims = {
            "sub": account.name,
            "role": account.role.value,
            "office": account.office_code,
            "officer": str(account.officer_id) if account.officer_id else None,
            "aud": AUDIENCE,
            "exp": ends_at,
        }
        return jwt.encode(claims, self._key, ALGORITHM), ends_at

    def account(self, token: str) -> Account:
        """Who the token was issued to; raises ``NotSignedIn``, ``TokenHasExpired``.

        The expiry is compared here, with the injected clock.
        """
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={"verify_exp": False, "require": list(NEEDED)},
            )
            account = _account_of(claims)
            ends_at = datetime.fromtimestamp(int(claims["exp"]), UTC)
        except (jwt.InvalidTokenError, ValueError, OverflowError) as fault:
            raise NotSignedIn({"WWW-Authenticate": "Bearer"}) from fault
        if ends_at <= self._clock():
            raise TokenHasExpired({"WWW-Authenticate": 'Bearer error="invalid_token"'})
        return account


def _account_of(claims: dict[str, str]) -> Account:
    officer = claims.get("officer")
    return Account(
        name=claims["sub"],
        role=Role(claims["role"]),
        office_code=claims["office"],
        officer_id=UUID(officer) if officer else None,
    )
