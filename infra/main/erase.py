"""The commands on persons' rights: erase, and the legal hold that blocks it."""

from uuid import UUID

import click

from domain.rejections import Rejection
from infra.main.parts import services
from infra.sealing.erasure import Asked, Erasure
from infra.sealing.erasure import erase as erase_person
from infra.sealing.holding import hold as hold_person
from infra.sealing.holding import release as release_person

ACTOR = "command-line"
person = click.argument("person", type=click.UUID)
basis = click.option("--basis", required=True, help="Legal basis; no personal data.")
approver = click.option("--approver", required=True, help="Officer who approved it.")


@click.command("erase")
@person
@basis
@approver
@click.option("--now", "at_once", is_flag=True, help="Or refuse, changing nothing.")
def erase(person: UUID, basis: str, approver: str, *, at_once: bool) -> None:
    """Restrict a person's data; destroy them as soon as retention allows it.

    PERSON is the party's id. Run it again after the day it tells.
    """
    asked = Asked(basis=basis, approver=approver, actor=ACTOR)
    with services() as opened:
        try:
            erasure = erase_person(opened, person, asked, at_once=at_once)
        except Rejection as refusal:
            raise _refused(refusal) from refusal
    click.echo(in_words(erasure))


@click.command("hold")
@person
@basis
@approver
@click.option("--release", "is_over", is_flag=True, help="The hold has ended.")
def hold(person: UUID, basis: str, approver: str, *, is_over: bool) -> None:
    """A legal hold: nothing of the person is erased until it is released."""
    asked = Asked(basis=basis, approver=approver, actor=ACTOR)
    with services() as opened:
        try:
            (release_person if is_over else hold_person)(opened, person, asked)
        except Rejection as refusal:
            raise _refused(refusal) from refusal
    click.echo("released" if is_over else "held")


def in_words(erasure: Erasure) -> str:
    if erasure.is_done:
        return (
            "erased: nobody can read or find this person any more; backups of the"
            " vault must expire too"
        )
    if erasure.is_held:
        return "restricted; not erased: a legal hold stands"
    if erasure.until is None:
        return "restricted; not erased: a case of this person is still running"
    return f"restricted; kept by law, to be erased from {erasure.until} on"


def _refused(refusal: Rejection) -> click.ClickException:
    facts = "".join(f" {name}={value}" for name, value in refusal.facts.items())
    told = f"{refusal.title} ({refusal.rule}{facts}); {refusal.remedy}"
    return click.ClickException(told)
