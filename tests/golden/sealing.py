"""Seals of the golden corpus: one key and one place for all, so that its files open.

A vault in memory: the corpus is read without a database.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import count
from uuid import UUID

from infra.event_codec import decode
from infra.sealing.places import VaultPlace
from infra.sealing.seals import Seals
from infra.sealing.vault import Vault

STREAM, VERSION = UUID(int=0x901D), 1


class VaultInMemory(Vault):
    """What the vault's tables would hold; gone with the process."""

    def __init__(self) -> None:
        super().__init__(VaultPlace(conninfo=""))
        self.kept: dict[UUID, bytes | None] = {}
        self.found: set[tuple[bytes, UUID]] = set()
        self.streams: dict[str, UUID] = {}

    def keys(self, persons: Iterable[UUID]) -> dict[UUID, bytes | None]:
        return {p: self.kept[p] for p in persons if p in self.kept}

    def keep_keys(self, wrapped: Mapping[UUID, bytes]) -> dict[UUID, bytes | None]:
        self.kept = {**wrapped, **self.kept}
        return self.keys(wrapped)

    def identities(self, fresh: Mapping[str, UUID]) -> dict[str, UUID]:
        self.streams = {**fresh, **self.streams}
        return {digest: self.streams[digest] for digest in fresh}

    def make_ready(
        self,
        wrapped: Mapping[UUID, bytes],
        digests: Iterable[tuple[bytes, UUID]],
        claimed: Mapping[UUID, UUID],
    ) -> dict[UUID, bytes | None]:
        del claimed
        self.found |= set(digests)
        return self.keep_keys(wrapped)

    def persons(self, digest: bytes, limit: int) -> list[UUID]:
        return sorted(p for d, p in self.found if d == digest)[:limit]

    def destroy(self, person: UUID) -> None:
        self.kept[person] = None
        self.found = {(d, p) for d, p in self.found if p != person}


class Counted:
    """Bytes that are different each time, and the same in every run."""

    def __init__(self, name: str) -> None:
        self._name, self._numbers = name, count()

    def __call__(self, size: int) -> bytes:
        return sha256(f"{self._name}{next(self._numbers)}".encode()).digest()[:size]


def seals_in_memory(name: str = "golden") -> Seals:
    """A made-up installation whose first key is always the same."""
    return Seals(
        VaultInMemory(),
        lambda: sha256(name.encode()).digest(),
        lambda text: sha256(f"{name}|{text}".encode()).hexdigest(),
        Counted(name),
    )


def golden_seals() -> Seals:
    """With the key of the corpus's one person made: the same in every run."""
    seals = seals_in_memory()
    seals.make_keys([STREAM])
    return seals


def opened(topic: str, state: bytes) -> object:
    """A golden event that can be asked for its personal fields."""
    event, _ = decode(topic, state)
    golden_seals().placed(STREAM, VERSION, event)
    return event
