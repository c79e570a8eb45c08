"""How consumers give commands: in batches, and one that fails is told, not lost."""

from collections.abc import Sequence
from uuid import uuid4

import structlog

from domain.authority import Role
from infra.context import Context, Request
from infra.outcome import StreamKeepsMoving
from infra.services import Services
from projections.runner import is_passing

log = structlog.get_logger(__name__)
ACTOR = "sentinel"


def sentinel_request(command: object, key: str) -> Request:
    """A command of the house itself; under ``key`` it is done once."""
    context = Context(
        actor=ACTOR,
        role=Role.SENTINEL,
        key=key,
        command_id=uuid4(),
        correlation_id=key,
        channel="sentinel",
    )
    return Request(command=command, context=context)


def give(services: Services, requests: Sequence[Request]) -> None:
    """Give all of them. A refusal is an answer too: the case knows better.

    A batch that a fault stops is given one by one: what fails then is logged with its
    key and passed over. What may go well later is raised: see ``may_pass``.
    """
    if not requests:
        return
    try:
        services.desk.execute_all(requests)
    except Exception as error:
        if may_pass(error):
            raise
        for request in requests:
            _give_alone(services, request)


def may_pass(error: Exception) -> bool:
    """Whether the same may go well later: the server was lost, or others were busy."""
    return is_passing(error) or isinstance(error, StreamKeepsMoving)


def _give_alone(services: Services, request: Request) -> None:
    try:
        services.desk.execute_all([request])
    except Exception as error:
        if may_pass(error):
            raise
        fault = type(error).__name__
        log.exception("notice_failed", key=request.context.key, error=fault)
