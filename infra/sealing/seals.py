"""Seals personal fields on their way into the log and opens them when asked."""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag

from domain.party.events import IdentityClaimed
from domain.personal import Personal
from infra.appending import StreamsHaveMoved
from infra.envelope import Recorded
from infra.sealing.finding import Digest, Term, blind, terms_of
from infra.sealing.person_keys import NONCE_BYTES, PersonKey, PersonKeys, Randomness
from infra.sealing.personal_fields import PERSONAL, person_of, persons_of
from infra.sealing.places import VaultPlace
from infra.sealing.sealed import Sealed, SealIsBroken, place_of
from infra.sealing.vault import Vault

MOST_FOUND = 200


class KeyIsDestroyed(StreamsHaveMoved):
    """The person was erased meanwhile: the decision rests on what is past."""


class Seals:
    """Personal fields under their persons' keys. Safe for threads.

    ``digest`` is this installation's keyed digest, ``randomness`` gives bytes.
    """

    def __init__(
        self,
        vault: Vault,
        master: Callable[[], bytes],
        digest: Digest,
        randomness: Randomness,
    ) -> None:
        self._vault, self._digest = vault, digest
        self._keys = PersonKeys(vault, master, randomness)
        self._randomness = randomness

    @property
    def place(self) -> VaultPlace:
        """Where the keys lie."""
        return self._vault.place

    def sealed(self, stream_id: UUID, version: int, event: Any) -> Any:  # noqa: ANN401
        """``event`` with its personal fields closed; raises ``KeyIsDestroyed``."""
        names = PERSONAL.get(type(event))
        if names is None:
            return event
        person = person_of(stream_id, event)
        key = self._keys.made([person])[person]
        if key is None:
            raise KeyIsDestroyed
        closed = {
            name: self._closed(person, key, value, place_of(stream_id, version, name))
            for name in names
            if (value := getattr(event, name)) is not None
        }
        return replace(event, **closed)

    def placed(self, stream_id: UUID, version: int, event: object) -> None:
        """Tell the sealed fields of an event just read where they were found."""
        for name in PERSONAL.get(type(event), ()):
            value = getattr(event, name)
            if isinstance(value, Sealed):
                value.placed(self, place_of(stream_id, version, name))

    def opened(self, key: UUID, box: bytes, place: bytes) -> str | None:
        """The text; None once the key is destroyed. Raises ``SealIsBroken``."""
        found = self._keys.of(key)
        if found is None:
            return None
        nonce, sealed = box[:NONCE_BYTES], box[NONCE_BYTES:]
        try:
            return found.aead.decrypt(nonce, sealed, place).decode()
        except InvalidTag as wrong:
            raise SealIsBroken(place) from wrong

    def make_ready(self, events: Iterable[tuple[UUID, object]]) -> None:
        """Before ``events`` are appended: keys to seal with, indexes to find by."""
        told, claimed = list[tuple[UUID, Any]](), dict[UUID, UUID]()
        for stream_id, event in events:
            if isinstance(event, IdentityClaimed):
                claimed[stream_id] = event.party_id
            elif type(event) in PERSONAL:
                told.append((stream_id, event))
        if not told:
            return
        found_by = [
            (blind(self._digest, term, value), person_of(stream_id, event))
            for stream_id, event in told
            for term, value in terms_of(event)
        ]
        self._keys.made(
            persons_of(told),
            lambda wrapped: self._vault.make_ready(wrapped, found_by, claimed),
        )

    def fetch(self, persons: Iterable[UUID]) -> None:
        """Read the keys of many at once, before their fields are revealed."""
        self._keys.known(persons)

    def fetch_of(self, recorded: Iterable[Recorded]) -> None:
        """The same for whoever ``recorded`` tells something personal of."""
        persons = set(persons_of((r.originator_id, r.event) for r in recorded))
        if persons:
            self._keys.known(persons)

    def make_keys(self, persons: Iterable[UUID]) -> None:
        """Give many their keys at once."""
        self._keys.made(persons)

    def identities(self, digests: Iterable[str]) -> dict[str, UUID]:
        """By a number's digest the stream that it is claimed in: a random one."""
        fresh = {
            digest: UUID(bytes=self._randomness(16), version=4)
            for digest in sorted(set(digests))
        }
        return self._vault.identities(fresh) if fresh else {}

    def find(self, term: Term, value: str) -> list[UUID]:
        """Who is or was known by ``value``, 200 at most."""
        return self._vault.persons(blind(self._digest, term, value), MOST_FOUND)

    def keyed(self, person: UUID, said: bytes) -> bytes:
        """A digest that nobody can make again once the person is erased."""
        key = self._keys.made([person])[person]
        return b"" if key is None else hmac.digest(key.secret, said, "sha256")

    def destroy(self, person: UUID) -> None:
        """Nobody can open what was sealed for ``person``, nor find him, ever again."""
        self._vault.destroy(person)
        self._keys.forget(person)

    def sweep(self) -> None:
        """Rewrite the vault's tables: no bytes of what was destroyed stay in them."""
        self._vault.sweep()

    def close(self) -> None:
        self._vault.close()

    def _closed(
        self, person: UUID, key: PersonKey, value: Personal, place: bytes
    ) -> Sealed:
        nonce = self._randomness(NONCE_BYTES)
        text = value.reveal().encode()
        return Sealed(person, nonce + key.aead.encrypt(nonce, text, place))
