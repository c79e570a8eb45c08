"""Accounts of people and devices: scrypt password hashes, simple for now."""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import scrypt
from typing import Any
from uuid import UUID

from domain.authority import Role
from domain.office.codes import DivisionCode
from infra.database import Database
from infra.database import Role as DatabaseRole

COST, BLOCK, LANES = 2**14, 8, 1  # 16 MiB and about 50 ms a try
SALT_BYTES = 16
NOBODY = "00" * SALT_BYTES + "$" + "00" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who calls: ``officer_id`` is the officer who works with it, None = no window."""

    name: str
    role: Role
    office_code: str
    officer_id: UUID | None = None


def add_account(  # noqa: PLR0913  what an account has
    database: Database,
    *,
    name: str,
    password: str,
    role: Role,
    office_code: str,
    officer_id: UUID | None = None,
) -> None:
    """Add an account, or give the one of that name what is told here.

    Raises ``DivisionCodeIsMalformed`` (R-901).
    """
    with database.transaction(DatabaseRole.WRITER) as cursor:
        cursor.execute(
            "INSERT INTO accounts.account"
            " (name, password_hash, role, office_code, officer_id)"
            " VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash,"
            "  role = excluded.role, office_code = excluded.office_code,"
            "  officer_id = excluded.officer_id",
            (
                name,
                _hashed(password, secrets.token_bytes(SALT_BYTES)),
                role,
                DivisionCode(office_code).digits,
                officer_id,
            ),
        )


def verify(database: Database, name: str, password: str) -> Account | None:
    """The account if the password is its own; a name nobody has takes as long."""
    row = _read(database, name) if name.isprintable() else None
    stored = row["password_hash"] if row else NOBODY
    is_own = hmac.compare_digest(_hashed(password, _salt_of(stored)), stored)
    if row is None or not is_own:
        return None
    return Account(
        name=row["name"],
        role=Role(row["role"]),
        office_code=row["office_code"],
        officer_id=row["officer_id"],
    )


def _read(database: Database, name: str) -> dict[str, Any] | None:
    with database.transaction(DatabaseRole.READER) as cursor:
        cursor.execute(
            "SELECT name, password_hash, role, office_code, officer_id"
            " FROM accounts.account WHERE name = %s",
            (name,),
        )
        return cursor.fetchone()


def _hashed(password: str, salt: bytes) -> str:
    told = password.encode("utf-8", "surrogatepass")
    key = scrypt(told, salt=salt, n=COST, r=BLOCK, p=LANES)
    return f"{salt.hex()}${key.hex()}"


def _salt_of(stored: str) -> bytes:
    return bytes.fromhex(stored.partition("$")[0])
