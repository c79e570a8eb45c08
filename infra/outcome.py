"""What a command came to, as it is stored beside its events and read back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from domain.rejections import Rejection


class Status(StrEnum):
    DONE = "done"
    ALREADY_SO = "already_so"
    REFUSED = "refused"


class VersionIsStale(Rejection):
    """Somebody changed it since the caller last looked."""

    code: ClassVar[str] = "version-is-stale"
    rule: ClassVar[str] = "DESIGN"
    title: ClassVar[str] = "内容已被他人更新"
    remedy: ClassVar[str] = "请重新读取最新内容，核对后再提交。"


class KeyIsReused(Rejection):
    """The same idempotency key came with another body."""

    code: ClassVar[str] = "idempotency-key-is-reused"
    rule: ClassVar[str] = "DESIGN"
    title: ClassVar[str] = "同一幂等键用于了不同的请求"
    remedy: ClassVar[str] = "新的操作请使用新的 Idempotency-Key。"


class StreamKeepsMoving(Rejection):
    """Others changed the same thing again and again while this was decided."""

    code: ClassVar[str] = "stream-keeps-moving"
    rule: ClassVar[str] = "DESIGN"
    title: ClassVar[str] = "同时操作过多，未能完成"
    remedy: ClassVar[str] = "没有任何改动；请稍后用同一幂等键重试。"


class StoredRefusal(Rejection):
    """A refusal recorded by a version of the program that knew more reasons."""

    code: ClassVar[str] = "stored-refusal"
    rule: ClassVar[str] = "DESIGN"
    title: ClassVar[str] = "该请求此前已被拒绝"
    remedy: ClassVar[str] = "请核对后以新的幂等键重新提交。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``subject`` is the thing the command was about, ``version`` its version then.

    ``positions`` are those of the new events; ``last`` the log's last position
    when it was recorded: reading at ``position`` or later shows the effect.
    ``is_repeated``: this is the stored answer to an earlier request.
    """

    status: Status
    subject: UUID
    version: int
    positions: tuple[int, ...] = ()
    last: int = 0
    refusal: Rejection | None = None
    is_repeated: bool = False

    @property
    def position(self) -> int:
        return self.positions[-1] if self.positions else self.last

    def plain(self) -> dict[str, Any]:
        """The stored form, without the positions that only the append knows."""
        refusal = self.refusal
        return {
            "status": self.status,
            "subject": str(self.subject),
            "version": self.version,
            "refusal": None
            if refusal is None
            else {"code": refusal.code, "facts": refusal.facts},
        }


def outcome_from(plain: dict[str, Any]) -> Outcome:
    """Read a stored outcome back."""
    refusal = plain["refusal"]
    return Outcome(
        status=Status(plain["status"]),
        subject=UUID(plain["subject"]),
        version=plain["version"],
        positions=tuple(plain["positions"]),
        last=plain["last"],
        refusal=None if refusal is None else _rejection(refusal),
        is_repeated=True,
    )


def _rejection(refusal: dict[str, Any]) -> Rejection:
    kind = _known(Rejection).get(refusal["code"])
    if kind is None:
        return StoredRefusal(stored=refusal["code"])
    return kind(**refusal["facts"])


def _known(kind: type[Rejection]) -> dict[str, type[Rejection]]:
    found = {kind.code: kind} if "code" in vars(kind) else {}
    for sub in kind.__subclasses__():
        found |= _known(sub)
    return found
