"""The web server, which lets the boards' streams end before it waits for them."""

import socket
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

from api.live import LiveHub
from api.pages.badge_stream import BadgeHub

GRACE_SECONDS = 2


class BoardServer(uvicorn.Server):
    """uvicorn waits for every open response, and a stream is open for ever."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for name in ("live", "badges"):
            hub: LiveHub | BadgeHub | None = getattr(self._app.state, name, None)
            if hub is not None:
                await hub.close()
        await super().shutdown(sockets)


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serve until a signal asks to end; that is no fault."""
    with suppress(KeyboardInterrupt):
        BoardServer(app, host, port).run()
