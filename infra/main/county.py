"""The commands that show a county that does not exist: demo and simulate."""

import threading
from collections.abc import Callable
from pathlib import Path

import click

from consumers import demo as demonstration
from consumers import living_county
from consumers.simulation.door import play
from consumers.simulation.plan import Plan, PlanIsImpossible
from consumers.simulation.steps import opens_at, steps
from infra import bulk, logging
from infra.initialise import begin
from infra.main.parts import beside, database, notifying, projecting, run_server
from infra.opening import open_log
from infra.services import Services, open_services
from infra.settings import Settings

OPTIONS = (
    click.option("--seed", default=7, help="Another seed is another county's life."),
    click.option("--townships", default=6, help="How many below the county."),
    click.option("--villages", default=40, help="Agency points below the townships."),
)


def of_a_plan(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what county it is about."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def planned(seed: int, townships: int, villages: int, cases: int) -> Plan:
    try:
        return Plan(seed=seed, townships=townships, villages=villages, cases=cases)
    except PlanIsImpossible as wrong:
        raise click.ClickException(str(wrong)) from wrong


@click.command()
@of_a_plan
@click.option("--cases", default=2_000, help="How many cases come.")
@click.option("--speed", type=float, help="Log seconds a second; default: at once.")
@click.option("--per-second", type=float, help="So many events a second instead.")
@click.option("--bulk", "in_bulk", is_flag=True, help="Not through the door: a mass.")
def simulate(
    *, speed: float | None, per_second: float | None, in_bulk: bool, **numbers: int
) -> None:
    """Let a county live in a simulated log; the same seed gives the same events.

    Begins the log if there is none yet. Interrupted, it goes on where it was.
    """
    plan, settings = planned(**numbers), Settings()
    logging.configure(settings.log_format, settings.log_level)
    with database(settings) as conninfo:
        begin(conninfo, simulated=True, instant=opens_at(plan))
        with open_services(settings, conninfo) as opened:
            told = steps(plan, opened.keys.digest)
            if in_bulk:
                written = bulk.write(opened, told, watcher=_tell_bulk)
                click.echo(f"{written.events} events written, up to {written.upto}")
                return
            stop = threading.Event()
            try:
                played = play(
                    opened, told, speed=speed, per_second=per_second, stop=stop
                )
            except KeyboardInterrupt:
                stop.set()
                raise
            click.echo(
                f"{played.events} events, {played.refused} refusals as told,"
                f" {played.skipped} steps were there before, up to {played.until}"
            )


def _tell_bulk(written: bulk.Written) -> None:
    click.echo(f"{written.events} events, {written.upto}", err=True)


@click.command()
@of_a_plan
@click.option("--history", default=2_400, help="Cases before the pages open.")
@click.option("--cases", default=8_000, help="Cases in all; the rest come live.")
@click.option("--speed", default=120.0, help="Seconds of the log in a second.")
@click.option("--log", "log_file", type=click.Path(path_type=Path), help="Log to show.")
@click.option("--mapping", type=click.Path(path_type=Path), help="Its mapping.")
def demo(
    *,
    log_file: Path | None,
    mapping: Path | None,
    history: int,
    speed: float,
    **numbers: int,
) -> None:
    """A county at work on its boards, everything in one process.

    With --log an event log of another system is shown instead.
    """
    settings = Settings()
    logging.configure(settings.log_format, "WARNING")
    if log_file is not None:
        _show_log(settings, log_file, mapping)
        return
    plan = planned(**numbers)
    with database(settings) as conninfo:
        begin(conninfo, simulated=True, instant=opens_at(plan))
        with open_services(settings, conninfo) as opened:
            _show_county(opened, plan, history, speed)


def _show_county(opened: Services, plan: Plan, history: int, speed: float) -> None:
    county = living_county.LivingCounty(opened, plan, history)
    click.echo(f"writing the history of {history} cases …")
    county.write_history()
    accounts = demonstration.open_accounts(opened)
    with projecting(opened) as runner:
        runner.catch_up()
        with (
            notifying(opened),
            beside("county", lambda stop: county.live(speed, stop)),
        ):
            click.echo(demonstration.addresses(opened, accounts))
            run_server(opened, accounts)


def _show_log(settings: Settings, log_file: Path, mapping: Path | None) -> None:
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
