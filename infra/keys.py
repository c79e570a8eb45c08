"""Secret keys of this installation, in files outside the database."""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path
from uuid import UUID

KEY_BYTES = 32


class Keys:
    """Keys under ``home/keys``, made on first use, readable by the owner only."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "keys"

    @property
    def token(self) -> bytes:
        """Signs sign-in tokens."""
        return self._key("token")

    def digest(self, text: str) -> str:
        """Keyed digest by which a number is found again, and not guessed (R-807)."""
        return hmac.new(self._key("index"), text.encode(), sha256).hexdigest()

    def request_hash(self, canonical: bytes) -> bytes:
        """Tells a repeated request from another one without keeping its content."""
        return hmac.digest(self._key("index"), canonical, "sha256")

    def new_id(self, actor: str, key: str) -> UUID:
        """The id of what a request creates: its repetition's too, not guessable."""
        text = f"id|{actor}|{key}".encode()
        return UUID(
            bytes=hmac.digest(self._key("index"), text, "sha256")[:16], version=4
        )

    def _key(self, name: str) -> bytes:
        path = self._folder / f"{name}.key"
        if not path.exists():
            self._make(path)
        return path.read_bytes()

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
