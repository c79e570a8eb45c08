"""Whether a case calls for a notice now, and which date that rests on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from domain.calendar.due import Due
from domain.calendar.state import Calendar
from domain.case.commands import NEGATIVE
from domain.case.refusals import CaseIsImported, CaseNotFound
from domain.case.state import Case
from domain.case.tier import (
    Deadlines,
    DeadlineTier,
    WarningPolicy,
    deadline_tier,
)
from domain.notice.commands import (
    SendCommand,
    SendDeadlineNotices,
    SendRatingNotices,
)
from domain.notice.kinds import OF_TIER, NoticeKind
from domain.notice.rejections import NoticeIsNotDue, RatingIsNotNegative


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """``due_on`` is the date that the notice rests on; a rating has neither."""

    kind: NoticeKind
    tier: DeadlineTier | None = None
    due_on: date | None = None
    is_provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """A case with its clocks, and what they are judged by.

    ``opened_at`` is the office that took it in, which a transfer does not change.
    """

    case: Case
    opened_at: str
    deadlines: Deadlines
    calendar: Calendar
    policy: WarningPolicy


def occasion(command: SendCommand, standing: CaseStanding) -> Occasion:
    """Give what is to be told of the case now.

    Raises ``NoticeIsNotDue`` or ``RatingIsNotNegative`` where there is nothing; the
    facts of a foreign log warn nobody (``CaseIsImported``).
    """
    case = standing.case
    if not case.exists:
        raise CaseNotFound
    if case.is_imported:
        raise CaseIsImported
    match command:
        case SendDeadlineNotices(now=now):
            return _of_deadline(standing, now)
        case SendRatingNotices():
            return _of_rating(case)
        case _:
            assert_never(command)


def _of_rating(case: Case) -> Occasion:
    if case.rating not in NEGATIVE:
        raise RatingIsNotNegative(rating=case.rating)
    return Occasion(kind=NoticeKind.NEGATIVE_RATING)


def _of_deadline(standing: CaseStanding, now: datetime) -> Occasion:
    case, deadlines = standing.case, standing.deadlines
    if case.is_finished:
        raise NoticeIsNotDue(stage=case.stage)
    tier = deadline_tier(deadlines, now, standing.calendar, standing.policy)
    if tier not in OF_TIER:
        raise NoticeIsNotDue(tier=tier)
    due = _rests_on(tier, deadlines)
    return Occasion(
        kind=OF_TIER[tier],
        tier=tier,
        due_on=(due.earliest_on or due.on) if due else None,
        is_provisional=due.provisional if due else False,
    )


def _rests_on(tier: DeadlineTier, deadlines: Deadlines) -> Due | None:
    if tier is DeadlineTier.ILLEGAL:
        return deadlines.statutory_due
    return deadlines.promised_due or deadlines.statutory_due
