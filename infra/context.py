"""Who gives a command, from where, and under which key it is done once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.authority import Role
from infra.envelope import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The caller's side of a command.

    ``actor`` is the account's name, ``key`` the caller's idempotency key.
    ``effective_at`` is claimed by imports only; live steps happen when recorded.
    """

    actor: str
    role: Role
    key: str
    command_id: UUID
    correlation_id: str
    office: str | None = None
    officer: UUID | None = None
    channel: str | None = None
    terminal: str | None = None
    effective_at: datetime | None = None
    flags: tuple[str, ...] = ()
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A command at the door. ``expected_version`` None = whatever it is now."""

    command: object
    context: Context
    expected_version: int | None = None
