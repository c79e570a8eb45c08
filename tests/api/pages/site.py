"""The whole site on a port of this machine: server, hub and projector in threads."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from api.app import create_app
from api.serving import BoardServer
from api.tokens import COOKIE, Tokens
from domain.authority import Role
from infra.accounts import Account
from infra.services import Services
from projections.all_views import ALL
from projections.runner import Runner
from tests import examples as x

SECONDS = 10


@dataclass(frozen=True, slots=True)
class Site:
    """``server`` runs in ``thread``; ``url`` has no slash at its end."""

    services: Services
    server: BoardServer
    thread: threading.Thread
    url: str
    token: str
    tokens: Tokens

    @property
    def cookies(self) -> dict[str, str]:
        return {COOKIE: self.token}

    def token_of(self, account: Account) -> str:
        token, _ = self.tokens.issue(account)
        return token

    def stop(self) -> float:
        """Ask the server to end; how many seconds that took."""
        began = time.monotonic()
        self.server.should_exit = True
        self.thread.join(SECONDS)
        assert not self.thread.is_alive(), "the server did not end"
        return time.monotonic() - began


@contextmanager
def projector(services: Services) -> Iterator[Runner]:
    """A projector that has caught up and follows the log."""
    runner, stop = Runner(services.log, services.database, ALL), threading.Event()
    runner.catch_up()
    thread = threading.Thread(target=runner.run, args=(stop,))
    thread.start()
    try:
        yield runner
    finally:
        stop.set()
        thread.join(SECONDS)


SUPERVISOR = Account(name="supervisor", role=Role.SUPERVISOR, office_code=x.COUNTY)


@contextmanager
def site(services: Services, account: Account = SUPERVISOR) -> Iterator[Site]:
    """Served to ``account``; others may be signed in by ``token_of``."""
    app = create_app(services)
    token, _ = app.state.tokens.issue(account)
    server = BoardServer(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    with projector(services):
        thread.start()
        opened = Site(
            services, server, thread, _address(server), token, app.state.tokens
        )
        try:
            yield opened
        finally:
            opened.stop()


def _address(server: BoardServer) -> str:
    end = time.monotonic() + SECONDS
    while not server.started:
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    return f"http://127.0.0.1:{port}"
