"""A line to PostgreSQL that is cut at an answer: after the commit, say."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo


class CutLine:
    """Hands everything on, both ways, but the answer to what holds ``cut_at``, once."""

    def __init__(self, conninfo: str) -> None:
        parts = conninfo_to_dict(conninfo)
        self._to = str(parts["host"]), int(str(parts.get("port") or 5432))
        self._door = socket.create_server(("127.0.0.1", 0))
        port = self._door.getsockname()[1]
        self.conninfo = make_conninfo(conninfo, host="127.0.0.1", port=port)
        self.cut_at: bytes | None = None
        threading.Thread(target=self._open, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _open(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client, self._server() as server:
            is_cut = threading.Event()
            threading.Thread(
                target=self._answer, args=(server, client, is_cut), daemon=True
            ).start()
            while asked := client.recv(65536):
                if self.cut_at is not None and self.cut_at in asked:
                    self.cut_at = None
                    is_cut.set()
                server.sendall(asked)

    def _answer(
        self, server: socket.socket, client: socket.socket, is_cut: threading.Event
    ) -> None:
        with suppress(OSError):  # either side may have gone
            while answer := server.recv(65536):
                if is_cut.is_set():
                    client.shutdown(socket.SHUT_RDWR)
                    return
                client.sendall(answer)

    def _server(self) -> socket.socket:
        host, port = self._to
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(Path(host, f".s.PGSQL.{port}")))
        return server


@contextmanager
def cut_line(conninfo: str) -> Iterator[CutLine]:
    """A line that leads to the server of ``conninfo``."""
    line = CutLine(conninfo)
    try:
        yield line
    finally:
        line.close()
