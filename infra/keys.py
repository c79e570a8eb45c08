"""Secret keys of this installation, in files outside the database."""

import hmac
import os
import secrets
from pathlib import Path
from uuid import UUID

KEY_BYTES = 32


class KeyIsTooShort(ValueError):
    """The master key given is no key."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a key: it must hold {KEY_BYTES} random bytes")


class Keys:
    """Keys under ``home/keys``, made on first use, readable by the owner only.

    ``master_key`` is the file of the key that wraps persons' keys, if elsewhere.
    """

    def __init__(self, home: Path, master_key: Path | None = None) -> None:
        self._folder, self._master = home / "keys", master_key
        self._known: dict[str, bytes] = {}
        self._hashing: hmac.HMAC | None = None

    @property
    def token(self) -> bytes:
        """Signs sign-in tokens."""
        return self._key("token")

    def master(self) -> bytes:
        """Wraps the keys of persons; never in a database. Raises ``KeyIsTooShort``."""
        if self._master is None:
            return self._key("master")
        known = self._known.get("master")
        if known is None:
            known = self._master.read_bytes()
            if len(known) != KEY_BYTES:
                raise KeyIsTooShort(self._master)
            self._known["master"] = known
        return known

    def digest(self, text: str) -> str:
        """Keyed digest by which a number is found again, and not guessed (R-807)."""
        return hmac.digest(self._key("index"), text.encode(), "sha256").hex()

    def request_hash(self, canonical: bytes) -> bytes:
        """Tells a repeated request from another one without keeping its content."""
        if self._hashing is None:
            self._hashing = hmac.new(self._key("index"), digestmod="sha256")
        mine = self._hashing.copy()  # far quicker than to begin anew
        mine.update(canonical)
        return mine.digest()

    def new_id(self, actor: str, key: str) -> UUID:
        """The id of what a request creates: its repetition's too, not guessable."""
        text = f"id|{actor}|{key}".encode()
        return UUID(
            bytes=hmac.digest(self._key("index"), text, "sha256")[:16], version=4
        )

    def _key(self, name: str) -> bytes:
        """Read once: a key is never changed."""
        known = self._known.get(name)
        if known is None:
            path = self._folder / f"{name}.key"
            if not path.exists():
                self._make(path)
            known = self._known[name] = path.read_bytes()
        return known

    def _make(self, path: Path) -> None:
        """Whole or not at all, also when two processes make it at once."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its key is the key
        finally:
            draft.unlink()
