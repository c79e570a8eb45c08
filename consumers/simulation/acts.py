"""The acts of one case in order, each by somebody who is there to do it."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from consumers.simulation.absences import Absences
from consumers.simulation.county import Officer, Post
from consumers.simulation.demand import Visit
from consumers.simulation.working_time import DAY
from domain.authority import Role
from domain.case import commands as c
from domain.case.commands import Channel
from infra.county.settling import demo_accounts

RATERS = {a.office: a.name for a in demo_accounts() if a.role is Role.EVALUATOR}


class Act(NamedTuple):
    """``make(**told, now=…)`` is the command; ``expects`` the refusal it runs into."""

    at: int
    make: Callable[..., object]
    told: dict[str, Any]
    role: Role
    account: str
    office: str
    officer: UUID | None
    channel: Channel
    terminal: str
    expects: str | None


class Acts:
    """A case's acts so far; ``at`` is the working second of the next one."""

    def __init__(
        self, visit: Visit, case_id: UUID, at: int, absences: Absences
    ) -> None:
        self.case_id, self.at, self.done = case_id, at, list[Act]()
        self.post: Post = visit.post
        self.responsible: Officer = visit.post.primary
        self.channel = visit.channel
        self._absences = absences

    @property
    def day(self) -> int:
        return self.at // DAY

    @property
    def is_primary_away(self) -> bool:
        return self._absences.is_away(self.post, self.day)

    def wait(self, seconds: float) -> None:
        self.at += max(1, int(seconds))

    def until(self, at: int) -> None:
        """Wait until ``at``; what has been done is never later."""
        self.at = max(self.at + 1, at)

    def register(self, make: Callable[..., object], **told: object) -> None:
        """Something that is not yet the case's own."""
        self._add(make, told, self.responsible)

    def step(
        self, make: Callable[..., object], *, expects: str | None = None, **told: object
    ) -> None:
        """A step of the officer who is responsible and there."""
        told["case_id"], told["by"] = self.case_id, self.responsible.id
        self._add(make, told, self.responsible, expects)

    def cover(self, reason: str) -> None:
        """B takes the case over if A is away (R-227)."""
        backup = self.post.backup
        if self.responsible == backup or not self.is_primary_away:
            return
        self.responsible = backup
        self.step(c.HandOverCase, to=backup.id, reason=reason)

    def wait_for_responsible(self) -> None:
        """What is decided is not handed over: it waits until who decided is back."""
        while self.responsible != self.post.backup and self.is_primary_away:
            self.wait(DAY)

    def move(self, to: Post, reason: str) -> None:
        """To the A holder of another post of the line (R-202)."""
        self.step(c.TransferCase, to_post=to.id, reason=reason)
        self.post, self.responsible = to, to.primary

    def rate(self, **told: object) -> None:
        """By the device of the window, never by a clerk (R-305)."""
        told["case_id"] = self.case_id
        self._add(c.RateCase, told, None)

    def _add(
        self,
        make: Callable[..., object],
        told: dict[str, Any],
        by: Officer | None,
        expects: str | None = None,
    ) -> None:
        """``by`` None: the window's rating device."""
        office = self.post.office if by is None else by.office
        rater = RATERS.get(office, f"rater-{office}")
        self.done.append(
            Act(
                at=self.at,
                make=make,
                told=told,
                role=Role.EVALUATOR if by is None else Role.CLERK,
                account=rater if by is None else by.account,
                office=office,
                officer=None if by is None else by.id,
                channel=self.channel,
                terminal=self.post.terminal,
                expects=expects,
            )
        )
