"""The console script ``banjian``: the one place where all parts are put together."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from api.app import create_app
from api.serving import serve as serve_app
from consumers import demo as demonstration
from consumers.foreign_log.importing import import_log
from consumers.foreign_log.progress import progress_bar
from consumers.foreign_log.rows import LogDoesNotFit
from consumers.foreign_log.sections import MappingIsWrong
from domain.authority import Role
from infra import logging
from infra.accounts import add_account
from infra.case_at import Axis
from infra.initialise import begin
from infra.migrate import migrate
from infra.opening import open_log
from infra.postgres import PrivateServer
from infra.replay import as_of, to_plain, to_text
from infra.services import Services, open_services
from infra.settings import Settings
from projections.all_views import ALL
from projections.runner import Runner

AXES: tuple[Axis, ...] = ("effective", "recorded")


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
    """The conninfo of the given or the private PostgreSQL, migrated."""
    if settings.database_url:
        migrate(settings.database_url)
        yield settings.database_url
        return
    with PrivateServer(
        settings.home, bindir=settings.pg_bindir, durable=settings.durable
    ) as server:
        migrate(server.conninfo)
        yield server.conninfo


@contextmanager
def services() -> Iterator[Services]:
    """Everything a command works with; says what to do where there is no log."""
    settings = Settings()
    logging.configure(settings.log_format, settings.log_level)
    with database(settings) as conninfo, open_services(settings, conninfo) as opened:
        yield opened


@contextmanager
def projecting(opened: Services) -> Iterator[Runner]:
    """A thread that keeps the views up to date while the block runs."""
    runner, stop = Runner(opened.log, opened.database, ALL), threading.Event()
    thread = threading.Thread(target=runner.run, args=(stop,), name="projector")
    thread.start()
    try:
        yield runner
    finally:
        stop.set()
        thread.join()


@click.group()
def main() -> None:
    """Banjian 办件: event-sourced case handling for service centres."""


@main.command()
@click.option("--simulated", is_flag=True, help="A log for demonstrations, for ever.")
@click.option("--at", "instant", type=Instant(), help="Where its clock starts.")
def init(*, simulated: bool, instant: datetime | None) -> None:
    """Begin a log: ordinary, or simulated with a settable clock."""
    settings = Settings()
    logging.configure(settings.log_format, settings.log_level)
    with database(settings) as conninfo:
        begin(conninfo, simulated=simulated, instant=instant)
        with open_services(settings, conninfo) as opened:
            open_log(opened)
    click.echo("the log is ready" + ("; it is a simulated one" if simulated else ""))


@main.command()
@click.option("--projector/--no-projector", default=True, help="Also keep the views.")
def serve(*, projector: bool) -> None:
    """Serve the API and the pages."""
    with services() as opened:
        if not projector:
            run_server(opened)
            return
        with projecting(opened):
            run_server(opened)


def run_server(
    opened: Services, accounts: tuple[demonstration.SignIn, ...] = ()
) -> None:
    """Serve until interrupted; open streams end with it."""
    app = create_app(opened, sign_ins=accounts)
    serve_app(app, opened.settings.host, opened.settings.port)


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--until", type=Instant(), help="Leave out what happened later.")
@click.option("--report", type=click.Path(path_type=Path), help="Findings as JSON.")
def import_command(
    file: Path, mapping: Path, until: datetime | None, report: Path | None
) -> None:
    """Import a foreign event log (CSV or XES, gzipped too) as historical facts."""
    with services() as opened, progress_bar() as bar:
        try:
            result = import_log(opened, file, mapping, until=until, watcher=bar)
        except (MappingIsWrong, LogDoesNotFit) as wrong:
            raise click.ClickException(str(wrong)) from wrong
    click.echo(result.in_words())
    if report is not None:
        report.write_text(result.as_json(), encoding="utf-8")


@main.command()
@click.argument("case", type=click.UUID)
@click.option("--at", "instant", type=Instant(), help="As of then; default: now.")
@click.option("--axis", type=click.Choice(AXES), default=AXES[0])
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def replay(case: UUID, instant: datetime | None, axis: Axis, *, as_json: bool) -> None:
    """State and timeline of a case as of an instant."""
    with services() as opened:
        replayed = as_of(opened.log, case, instant or opened.clock(), axis)
    if replayed is None:
        raise click.ClickException("no such case, or not yet at that instant")
    text = (
        json.dumps(to_plain(replayed), ensure_ascii=False, indent=2)
        if as_json
        else to_text(replayed)
    )
    click.echo(text)


@main.command()
@click.argument("name")
@click.option("--role", type=click.Choice([r.value for r in Role]), required=True)
@click.option("--office", required=True, help="12-digit code of the account's office.")
@click.option("--officer", type=click.UUID, help="The officer who signs in with it.")
@click.password_option()
def account(
    name: str, role: str, office: str, officer: UUID | None, password: str
) -> None:
    """Add an account, or give it a new password, role and office."""
    with services() as opened:
        add_account(
            opened.database,
            name=name,
            password=password,
            role=Role(role),
            office_code=office,
            officer_id=officer,
        )


@main.group()
def views() -> None:
    """Where the views stand; rebuild them from the log."""


@views.command("status")
def views_status() -> None:
    """Position, lag and state of every view."""
    with services() as opened:
        last = opened.log.last_position()
        for s in Runner(opened.log, opened.database, ALL).standings():
            told = s.error or f"{last - s.position} behind"
            click.echo(f"{s.name}_v{s.version}  {s.status}  at {s.position}  {told}")


@views.command("rebuild")
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All views.")
def views_rebuild(names: tuple[str, ...], *, everything: bool) -> None:
    """Drop views and replay the log into them."""
    with services() as opened:
        runner = Runner(opened.log, opened.database, ALL)
        chosen = [view.NAME for view in ALL] if everything else list(names)
        for name in chosen:
            click.echo(f"{name}: rebuilt up to position {runner.rebuild(name)}")


@main.command()
@click.option("--log", "log_file", type=click.Path(path_type=Path), help="Log to show.")
@click.option("--mapping", type=click.Path(path_type=Path), help="Its mapping.")
def demo(log_file: Path | None, mapping: Path | None) -> None:
    """A county with a log on its boards, everything in one process."""
    settings = Settings()
    logging.configure(settings.log_format, "WARNING")
    source = demonstration.choose(log_file, mapping)
    click.echo(source.in_words())
    start = demonstration.clock_start(source, settings.home)
    with database(settings) as conninfo:
        begin(conninfo, simulated=True, instant=start)
        with open_services(settings, conninfo) as opened, projecting(opened) as runner:
            open_log(opened)
            accounts = demonstration.prepare(opened, source)
            runner.catch_up()
            click.echo(demonstration.addresses(opened, accounts))
            run_server(opened, accounts)


if __name__ == "__main__":
    main()
