"""The commands of a running place: init, serve, import, replay, account."""

import json
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click
import psycopg

from consumers.foreign_log.importing import import_log
from consumers.foreign_log.progress import progress_bar
from consumers.foreign_log.rows import LogDoesNotFit
from consumers.foreign_log.sections import MappingIsWrong
from domain.authority import Role
from infra import logging
from infra.accounts import add_account
from infra.case_at import Axis
from infra.initialise import begin
from infra.log_check import LogHasAHole, first_hole
from infra.main.parts import (
    Instant,
    database,
    notifying,
    projecting,
    run_server,
    services,
)
from infra.opening import open_log
from infra.replay import as_of, to_plain, to_text
from infra.services import open_services
from infra.settings import Settings

AXES: tuple[Axis, ...] = ("effective", "recorded")


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
@click.option("--notices/--no-notices", "notify", default=True, help="Also send them.")
def serve(*, projector: bool, notify: bool) -> None:
    """Serve the API and the pages."""
    with services() as opened, ExitStack() as stack:
        if projector:
            stack.enter_context(projecting(opened))
        if notify:
            stack.enter_context(notifying(opened))
        run_server(opened)


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


@main.command("check-log")
def check_log() -> None:
    """Count every position of the log: a hole proves that an event was removed."""
    with services() as opened, psycopg.connect(opened.database.conninfo) as connection:
        hole = first_hole(connection)
        if hole is not None:
            raise click.ClickException(str(LogHasAHole(hole)))
        click.echo(f"no hole up to position {opened.log.last_position()}")


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
