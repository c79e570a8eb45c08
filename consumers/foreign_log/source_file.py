"""The bytes of a log file, gunzipped on the way if its first bytes say so."""

import gzip
import hashlib
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from consumers.foreign_log.rows import Reason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP_MAGIC = b"\x1f\x8b"


class SourceFile(io.RawIOBase):
    """A damaged gzip reads as if it ended there; ``damage`` then says so.

    So what stands before the damage is read like any other row. ``consumed``
    tells how many of the file's ``size`` bytes have been taken.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("rb")
        self.size = path.stat().st_size
        self.consumed = 0
        self.damage: Reason | None = None
        is_gzip = self._file.peek(2)[:2] == GZIP_MAGIC
        self._bytes = gzip.GzipFile(fileobj=self._file) if is_gzip else self._file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        try:
            data = self._bytes.read1(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.damage = Reason.GZIP_DAMAGED
            return 0
        self.consumed = self._file.tell()
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def digest_of(path: Path) -> str:
    """SHA-256 of the file as it lies there."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
