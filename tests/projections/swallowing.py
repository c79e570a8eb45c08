"""A line to PostgreSQL that swallows notifications, as a pooler of transactions does.

LISTEN through such a pooler is accepted, and nothing is ever heard.
"""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from psycopg.conninfo import make_conninfo

from tests.infra.cut_line import CutLine

NOTIFICATION, HEAD = b"A", 5


class SwallowingLine(CutLine):
    """Hands everything on but notifications; counts those."""

    swallowed = 0

    def _answer(
        self, server: socket.socket, client: socket.socket, is_cut: threading.Event
    ) -> None:
        held = b""
        with suppress(OSError):  # either may have hung up
            while not is_cut.is_set() and (answer := server.recv(65536)):
                passed, held = self._passed(held + answer)
                if passed:
                    client.sendall(passed)
            client.shutdown(socket.SHUT_RDWR)

    def _passed(self, held: bytes) -> tuple[bytes, bytes]:
        """Whole messages but notifications, and what is not whole yet."""
        passed = b""
        while len(held) >= HEAD:
            (length,) = struct.unpack("!I", held[1:HEAD])
            if len(held) < length + 1:
                break
            message, held = held[: length + 1], held[length + 1 :]
            if message[:1] == NOTIFICATION:
                self.swallowed += 1
            else:
                passed += message
        return passed, held


@contextmanager
def swallowing_line(conninfo: str) -> Iterator[SwallowingLine]:
    line = SwallowingLine(
        make_conninfo(conninfo, sslmode="disable", gssencmode="disable")
    )
    try:
        yield line
    finally:
        line.close()
