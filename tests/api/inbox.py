"""Notices lying in the inboxes of the small county, for tests that read them."""

from datetime import date
from uuid import UUID

from domain.authority import Role
from domain.notice.commands import SendDeadlineNotices
from infra.clock import set_simulated_clock
from tests import examples as x
from tests.consumers.post_office import on
from tests.world import World, accept_case, open_case

DUE = date(2026, 10, 21)


def red_case(world: World, case_id: UUID = x.CASE) -> None:
    """An overdue case of the township: a notice for it and one for the county."""
    open_case(world, case_id)
    accept_case(world, case_id)
    set_simulated_clock(world.services.database, on("2026-10-22", 9), 0.0)
    send(world, case_id)


def send(world: World, case_id: UUID = x.CASE) -> None:
    command = SendDeadlineNotices(case_id=case_id, now=world.now())
    world.do(command, Role.SENTINEL)
