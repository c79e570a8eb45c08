"""What the commands are made of: settings, database, services, views, notices."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

import click
import structlog

from api.app import create_app
from api.serving import serve as serve_app
from consumers import notices
from consumers.demo import SignIn
from infra import logging
from infra.initialise import LogIsNotInitialised
from infra.log_check import LogHasAHole, LogHoldsUnknownEvents
from infra.migrate import migrate
from infra.postgres import PrivateServer
from infra.sealing.places import make_vault, vault_place
from infra.services import Services, open_services
from infra.settings import Settings
from projections.all_views import ALL
from projections.runner import Runner

# Why a log cannot be worked on: the reason tells what to do.
UNFIT = (LogIsNotInitialised, LogHoldsUnknownEvents, LogHasAHole)
log = structlog.get_logger(__name__)


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant with its offset from UTC."""

    name = "instant"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail("not an ISO 8601 instant", param, ctx)
        if instant.tzinfo is None:
            self.fail("the offset from UTC is missing, as in …T09:00+08:00", param, ctx)
        return instant


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """The conninfo of the given or the private PostgreSQL, migrated; its vault too."""
    if settings.database_url:
        _migrate(settings.database_url, settings.vault_url)
        yield settings.database_url
        return
    with PrivateServer(
        settings.home, bindir=settings.pg_bindir, durable=settings.durable
    ) as server:
        _migrate(server.conninfo, settings.vault_url)
        yield server.conninfo


def _migrate(conninfo: str, vault_url: str | None) -> None:
    migrate(conninfo)
    make_vault(vault_place(conninfo, vault_url))


@contextmanager
def services() -> Iterator[Services]:
    """Everything a command works with; says what to do where there is no log."""
    settings = Settings()
    logging.configure(settings.log_format, settings.log_level)
    with ExitStack() as stack:
        conninfo = stack.enter_context(database(settings))
        try:
            opened = stack.enter_context(open_services(settings, conninfo))
        except UNFIT as reason:
            raise click.ClickException(str(reason)) from reason
        yield opened


@contextmanager
def beside(name: str, work: Callable[[threading.Event], object]) -> Iterator[None]:
    """A thread that works while the block runs; what it dies of is logged."""
    stop = threading.Event()

    def working() -> None:
        try:
            work(stop)
        except Exception as fault:
            log.exception("thread_ended", thread=name, cause=type(fault).__name__)
            raise

    thread = threading.Thread(target=working, name=name)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def projecting(opened: Services) -> Iterator[Runner]:
    """The views are kept up to date while the block runs."""
    runner = Runner(opened.log, opened.database, ALL)
    with beside("projector", runner.run):
        yield runner


@contextmanager
def notifying(opened: Services) -> Iterator[None]:
    """Offices are told what concerns them while the block runs."""
    with beside("notices", lambda stop: notices.run(opened, stop)):
        yield


def run_server(opened: Services, accounts: tuple[SignIn, ...] = ()) -> None:
    """Serve until interrupted; open streams end with it."""
    app = create_app(opened, sign_ins=accounts)
    serve_app(app, opened.settings.host, opened.settings.port)
