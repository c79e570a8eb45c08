"""The township's accepted case as the sentinel's command finds it."""

from dataclasses import replace
from uuid import UUID, uuid5

from domain.case import events as e
from domain.case.state import fold
from domain.case.tier import WarningPolicy
from domain.notice.decisions import Addressed, send
from domain.notice.events import NoticeSent
from domain.notice.occasions import CaseStanding, Occasion
from domain.notice.routing import recipients
from domain.notice.state import Notice
from tests import examples as x
from tests.domain.calendar.national import NATIONAL, workdays
from tests.domain.deadlines import promise

POLICY = WarningPolicy(version=1, yellow_percent=20, yellow_min_workdays=1)
RUNNING = CaseStanding(
    case=fold(x.running),
    opened_at=x.TOWNSHIP,
    deadlines=promise("2026-09-17", workdays(20), workdays(30)),
    calendar=NATIONAL,
    policy=POLICY,
)


def with_events(*more: e.CaseEvent) -> CaseStanding:
    return replace(RUNNING, case=fold((*x.running, *more)))


def notice_id(office: str) -> UUID:
    return uuid5(UUID(int=5), office)


def sent(
    occasion: Occasion, standing: CaseStanding = RUNNING, *already: str
) -> tuple[NoticeSent, ...]:
    """What is sent to all who are to be told but those ``already`` told."""
    case = standing.case
    addressed = {
        office: Addressed(
            notice_id=notice_id(office),
            notice=Notice(recipient=office if office in already else None),
        )
        for office in recipients(occasion.kind, case.office_code, standing.opened_at)
    }
    return send(occasion, case, addressed)
