"""One event of every stored name, as it is written into a new golden file."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.calendar.events import CalendarYearPublished, CalendarYearRevised
from domain.case import events as e
from domain.catalogue.decisions import decide as publish
from domain.catalogue.state import Item
from domain.notice.events import NoticeRead, NoticeSent
from domain.office.events import OfficeRegistered, OfficeRenamed
from domain.party.events import (
    IdentityClaimed,
    PartyCorrected,
    PartyHeld,
    PartyMerged,
    PartyRegistered,
    PartyReleased,
    PartyRestricted,
    PersonErased,
    PersonErasureRequested,
)
from domain.personal import Personal
from domain.post.events import PostEstablished, PostHoldersChanged
from domain.staff.events import OfficerRegistered, SourceOfficerNamed
from domain.supervision.events import WarningPolicyPublished
from infra.envelope import Meta, Provenance
from infra.log_events import LogInitialised
from tests import examples as x

LIVE = Meta(
    command_id=UUID(int=9001),
    correlation_id="golden",
    actor="demo-clerk",
    role="clerk",
    office=x.TOWNSHIP,
    post=x.WINDOW,
    channel="window",
    terminal="T-01",
    facts={f"item:{x.ITEM}": 1, f"post:{x.WINDOW}": 2},
)
IMPORTED = Meta(
    command_id=UUID(int=9002),
    correlation_id="import",
    actor="import",
    role="importer",
    effective_at=x.MORNING,
    flags=("imported",),
    provenance=Provenance(log="receipt", row="17", mapping="1"),
)
DERIVED = replace(IMPORTED, flags=("imported", "derived"))

YEAR = CalendarYearPublished(
    layer="national",
    year=2026,
    notice="国办发明电〔2025〕7号",
    source="R-602",
    off=(date(2026, 10, 1), date(2026, 10, 2)),
    makeup=(date(2026, 10, 10),),
    entered_by="甲",
    checked_by="乙",
)
REVISED = CalendarYearRevised(
    layer="national",
    year=2026,
    notice="示例〔2026〕1号",
    source="example",
    off=YEAR.off,
    makeup=(),
    entered_by="甲",
    checked_by="乙",
    reason="示例",
)


def office() -> Iterable[object]:
    yield OfficeRegistered(code=x.TOWNSHIP, name="大水坑镇民生服务中心", phone="0953-1")
    yield OfficeRenamed(name="大水坑镇为民服务中心")


def party() -> Iterable[object]:
    name, phone = Personal("张三丰"), Personal("13812345678")
    yield PartyRegistered(
        kind="person", name=name, number=Personal("11010519491231002X"), phone=phone
    )
    yield PartyCorrected(
        name=Personal("张三峰"), phone=None, reason=Personal("证件更名")
    )
    yield PartyMerged(into=UUID(int=202), reason=Personal("重复登记"))
    for kind in (PartyRestricted, PartyHeld, PartyReleased):
        yield kind(basis="R-807", approver="demo-supervisor")
    yield PersonErasureRequested(
        basis="R-806",
        approver="demo-supervisor",
        retention_version=1,
        retained_until=date(2036, 10, 21),
    )
    yield PersonErased(basis="R-806", approver="demo-supervisor", retention_version=1)
    yield IdentityClaimed(party_id=x.APPLICANT)


def staff() -> Iterable[object]:
    yield OfficerRegistered(
        officer_id=x.ANNA, staff_no="A001", badge_name="安娜", office_code=x.TOWNSHIP
    )
    yield SourceOfficerNamed(
        officer_id=x.BO, label="Resource07", office_code=x.TOWNSHIP
    )
    yield PostEstablished(
        post_id=x.WINDOW,
        office_code=x.TOWNSHIP,
        name="综合窗口",
        primary=x.ANNA,
        backup=x.BO,
    )
    yield PostHoldersChanged(primary=x.BO, backup=x.CHEN)


def case() -> Iterable[object]:
    yield e.CaseNumberTaken(case_id=x.CASE, case_no=x.CASE_NO)
    yield from (*x.done, x.delivered, x.withdrawn, x.refused_at_intake)
    yield e.OneTimeNoticeGiven(
        item_version=1, materials=("M1", "M2", "M3"), missing=("M2",)
    )
    yield e.CaseHandedOver(from_officer=x.ANNA, to_officer=x.BO, reason="出差")
    yield e.CaseTransferred(
        from_office=x.VILLAGE,
        to_office=x.TOWNSHIP,
        to_post=x.WINDOW,
        to_officer=x.ANNA,
        reason="代收转交",
    )
    yield e.CaseRated(level="satisfied", channel="hall_tablet")


def history() -> Iterable[object]:
    channel = e.Attribute(name="channel", value="Internet")
    yield replace(x.source_case, attributes=(channel,))
    yield e.SourceStepRecorded(
        activity="T04",
        transition="complete",
        step="accepted",
        kind="proxy",
        officer=x.BO,
        group="Group 1",
    )
    yield e.SourceHandoverDerived(from_officer=x.ANNA, to_officer=x.BO)
    yield e.SourceCaseEnded(ended_at=x.NOON)


def notice() -> Iterable[object]:
    yield NoticeSent(
        notice_id=UUID(int=401),
        case_id=x.CASE,
        case_no=x.CASE_NO,
        item_name="最低生活保障",
        kind="red",
        recipient=x.COUNTY,
        handling_office=x.TOWNSHIP,
        tier="red",
        due_on=date(2026, 10, 21),
        is_provisional=False,
        rule="R-403",
        routing_version=1,
    )
    yield NoticeRead(by="demo-supervisor", office=x.COUNTY)


def setting() -> Iterable[object]:
    yield LogInitialised(is_simulated=True)
    yield from (YEAR, REVISED)
    yield from publish(Item(), x.publish_item)
    yield WarningPolicyPublished(
        version=1, yellow_percent=20, yellow_min_workdays=1, basis="R-403"
    )


def meta_of(event: object) -> Meta:
    match event:
        case e.SourceHandoverDerived():
            return DERIVED
        case e.SourceCaseRecorded() | e.SourceStepRecorded() | e.SourceCaseEnded():
            return IMPORTED
        case _:
            return LIVE


EXAMPLES: dict[type, object] = {
    type(event): event
    for subject in (setting, office, party, staff, case, history, notice)
    for event in subject()
}
