"""The commands about views: where they stand, making them anew, proving them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from infra.main.parts import services
from infra.services import Services
from projections.all_views import ALL
from projections.place import Place
from projections.rebuild import Rebuild, Watcher
from projections.runner import Runner
from projections.switching import drop_old
from projections.verify import verify
from projections.view import View

NAMES = click.argument("names", nargs=-1)
EVERYTHING = click.option("--all", "everything", is_flag=True, help="All views.")


@click.group()
def views() -> None:
    """Where the views stand; make them anew from the log; prove them."""


@views.command()
def status() -> None:
    """Position, lag and state of every view."""
    with services() as opened:
        last = opened.log.last_position()
        for s in Runner(opened.log, opened.database, ALL).standings():
            told = s.error or f"{last - s.position} behind"
            click.echo(f"{s.name}_v{s.version}  {s.status}  at {s.position}  {told}")


@views.command()
@NAMES
@EVERYTHING
@click.option("--per-second", type=click.IntRange(1), help="At most so many events.")
@click.option("--fresh", is_flag=True, help="Not from where a run broke off.")
@click.option("--drop-old", "drop", is_flag=True, help="Do not keep the old tables.")
def rebuild(
    *,
    names: tuple[str, ...],
    everything: bool,
    per_second: int | None,
    fresh: bool,
    drop: bool,
) -> None:
    """Make views anew beside the running ones, then switch.

    Interrupted, it goes on where it was when it is called again.
    """
    with services() as opened:
        chosen = _chosen(names, everything=everything)
        with _bar(opened, chosen) as watcher:
            reached = Rebuild(
                opened.log,
                opened.database,
                chosen,
                per_second=per_second,
                watcher=watcher,
            ).run(fresh=fresh)
        for name, position in reached.items():
            click.echo(f"{name}: rebuilt up to position {position}")
        if drop:
            _drop(opened, chosen)


@views.command("verify")
@NAMES
@EVERYTHING
def verify_command(*, names: tuple[str, ...], everything: bool) -> None:
    """Replay views beside the running ones and compare; fails where they differ."""
    with services() as opened:
        chosen = _chosen(names, everything=everything)
        with _bar(opened, chosen) as watcher:
            verdicts = verify(opened.log, opened.database, chosen, watcher)
    for each in verdicts:
        told = "as its events make it" if each.is_equal else "NOT as its events make it"
        click.echo(f"{each.name}: {told}, at position {each.position}")
    if not all(each.is_equal for each in verdicts):
        raise click.ClickException("rebuild what differs: banjian views rebuild NAME")


@views.command("drop-old")
@NAMES
@EVERYTHING
def drop_old_command(*, names: tuple[str, ...], everything: bool) -> None:
    """Drop what a rebuild has replaced, and versions of before."""
    with services() as opened:
        _drop(opened, _chosen(names, everything=everything))


def _chosen(names: Sequence[str], *, everything: bool) -> list[View]:
    known = {view.NAME: view for view in ALL}
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise click.ClickException(f"no view of that name: {', '.join(unknown)}")
    if not names and not everything:
        raise click.UsageError("name views, or say --all")
    return list(ALL) if everything else [known[name] for name in names]


def _drop(opened: Services, chosen: Sequence[View]) -> None:
    running = Place(database=opened.database)
    for view in chosen:
        found = drop_old(view, running)
        click.echo(f"{view.NAME}: {'dropped' if found else 'nothing old is kept'}")


@contextmanager
def _bar(opened: Services, chosen: Sequence[View]) -> Iterator[Watcher]:
    """One bar a view; silent where nobody looks."""
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn())
    last = opened.log.last_position()
    with Progress(*columns, TimeRemainingColumn()) as progress:
        tasks = {v.NAME: progress.add_task(v.NAME, total=last) for v in chosen}

        def told(name: str, position: int) -> None:
            progress.update(tasks[name], completed=position)

        yield told
