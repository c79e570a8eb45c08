"""Persons' keys as this process knows them: unwrapped, few, and not for long."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.sealing.vault import Vault

KEY_BYTES, NONCE_BYTES = 32, 12
MOST = 20_000
# Another process destroys a key: this one forgets it no later than that.
KEPT_SECONDS = 30.0

Keep = Callable[[dict[UUID, bytes]], dict[UUID, bytes | None]]
Randomness = Callable[[int], bytes]


class KeyIsMissing(RuntimeError):
    """The log tells of a person whose key this vault never had."""

    def __init__(self, person: UUID) -> None:
        super().__init__(
            f"the vault has no key for {person}: it belongs to another log, or was"
            " restored from a backup older than the log's"
        )


class MasterKeyDoesNotFit(RuntimeError):
    """The keys in the vault were wrapped by another master key."""

    def __init__(self) -> None:
        super().__init__(
            "the master key does not open this vault: give back the file it was made"
            " with (BANJIAN_MASTER_KEY, or keys/master.key in the home)"
        )


@dataclass(frozen=True, slots=True)
class PersonKey:
    """``secret`` keys digests that are to go with the person; ``aead`` seals."""

    secret: bytes
    aead: AESGCM


class PersonKeys:
    """Keys by person; None = destroyed. Safe for threads."""

    def __init__(
        self,
        vault: Vault,
        master: Callable[[], bytes],
        randomness: Randomness,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._vault, self._master = vault, master
        self._randomness, self._now = randomness, now
        self._known: OrderedDict[UUID, tuple[float, PersonKey | None]] = OrderedDict()
        self._lock = Lock()

    def of(self, person: UUID) -> PersonKey | None:
        """Raises ``KeyIsMissing``."""
        found = self.known([person])
        if person not in found:
            raise KeyIsMissing(person)
        return found[person]

    def known(self, persons: Iterable[UUID]) -> dict[UUID, PersonKey | None]:
        """In one read; persons who never had one are left out."""
        kept, missing = self._kept(persons)
        return kept | self._keep(self._vault.keys(missing)) if missing else kept

    def made(
        self, persons: Iterable[UUID], keep: Keep | None = None
    ) -> dict[UUID, PersonKey | None]:
        """The same, but whoever has none is given one.

        ``keep`` is asked in any case, for whom no key is known here; by default the
        vault is, if there is somebody.
        """
        found, missing = self._kept(persons)
        wrapped = {person: self._new(person) for person in missing}
        if keep is not None:
            return found | self._keep(keep(wrapped))
        return found | self._keep(self._vault.keep_keys(wrapped)) if wrapped else found

    def forget(self, person: UUID) -> None:
        with self._lock:
            self._known.pop(person, None)

    def _kept(
        self, persons: Iterable[UUID]
    ) -> tuple[dict[UUID, PersonKey | None], list[UUID]]:
        kept, missing, now = dict[UUID, PersonKey | None](), list[UUID](), self._now()
        with self._lock:
            for person in dict.fromkeys(persons):
                until, key = self._known.get(person, (now, None))
                if until > now:
                    kept[person] = key
                else:
                    missing.append(person)
        return kept, missing

    def _keep(self, wrapped: dict[UUID, bytes | None]) -> dict[UUID, PersonKey | None]:
        found = {person: self._unwrapped(person, w) for person, w in wrapped.items()}
        until = self._now() + KEPT_SECONDS
        with self._lock:
            self._known.update((person, (until, key)) for person, key in found.items())
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return found

    def _new(self, person: UUID) -> bytes:
        nonce = self._randomness(NONCE_BYTES)
        secret = self._randomness(KEY_BYTES)
        return nonce + AESGCM(self._master()).encrypt(nonce, secret, person.bytes)

    def _unwrapped(self, person: UUID, wrapped: bytes | None) -> PersonKey | None:
        if wrapped is None:
            return None
        nonce, box = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            secret = AESGCM(self._master()).decrypt(nonce, box, person.bytes)
        except InvalidTag as wrong:
            raise MasterKeyDoesNotFit from wrong
        return PersonKey(secret, AESGCM(secret))
