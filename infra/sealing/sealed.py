"""A personal field as it lies in the log: ciphertext, opened when it is asked for."""

from typing import Protocol
from uuid import UUID

from domain.personal import ERASED_TEXT, Personal


class FieldIsSealed(RuntimeError):
    """Asked for by a reader that was given no vault, as some tools are on purpose."""

    def __init__(self) -> None:
        super().__init__("this reader of the log has no vault to open sealed fields")


class SealIsBroken(RuntimeError):
    """Altered, or moved here from another stream, version or field."""

    def __init__(self, place: bytes) -> None:
        super().__init__(
            f"a sealed field does not open in its place ({UUID(bytes=place[:16])},"
            f" version {int.from_bytes(place[16:24])}): it was altered or moved here"
        )


class Opener(Protocol):
    """What opens: None once the person's key is destroyed."""

    def opened(self, key: UUID, box: bytes, place: bytes) -> str | None: ...


class Sealed(Personal):
    """Keeps ciphertext only, and asks its opener each time it is to be revealed.

    ``key`` is the person's id, ``box`` nonce and ciphertext. Raises
    ``FieldIsSealed`` without an opener, ``SealIsBroken`` for another's place.
    """

    __slots__ = ("_opener", "_place", "box", "key")

    def __init__(self, key: UUID, box: bytes) -> None:
        self.key, self.box = key, box
        self._opener: Opener | None = None
        self._place = b""

    def placed(self, opener: Opener | None, place: bytes) -> None:
        """Say once where it was found, and who opens it."""
        self._opener, self._place = opener, place

    def reveal(self) -> str:
        opened = self._opened()
        return ERASED_TEXT if opened is None else opened

    @property
    def is_erased(self) -> bool:
        return self._opened() is None

    def _opened(self) -> str | None:
        if self._opener is None:
            raise FieldIsSealed
        return self._opener.opened(self.key, self.box, self._place)


def place_of(stream_id: UUID, version: int, field: str) -> bytes:
    """What a ciphertext is bound to: it opens nowhere else."""
    return stream_id.bytes + version.to_bytes(8) + field.encode()
