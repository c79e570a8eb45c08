"""A legal hold on a person's records, set and released on an officer's approval."""

from uuid import UUID, uuid4

from domain.authority import Role
from domain.party.commands import HoldParty, ReleaseParty
from infra.context import Context, Request
from infra.sealing.erasure import Asked
from infra.services import Services


def hold(services: Services, person: UUID, asked: Asked) -> None:
    """Nothing of ``person`` is erased until ``release``. Again changes nothing."""
    command = HoldParty(
        party_id=person,
        basis=asked.basis,
        approver=asked.approver,
        now=services.clock(),
    )
    _do(services, command, asked)


def release(services: Services, person: UUID, asked: Asked) -> None:
    """The hold has ended."""
    command = ReleaseParty(
        party_id=person,
        basis=asked.basis,
        approver=asked.approver,
        now=services.clock(),
    )
    _do(services, command, asked)


def _do(services: Services, command: object, asked: Asked) -> None:
    context = Context(
        actor=asked.actor,
        role=Role.ADMINISTRATOR,
        key=f"hold-{uuid4()}",
        command_id=uuid4(),
        correlation_id="hold",
    )
    services.desk.execute(Request(command=command, context=context))
