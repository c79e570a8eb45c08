"""One example of everything. Tests change only what they are about."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.calendar import state as calendar_state
from domain.calendar.events import CalendarYearPublished
from domain.calendar.limits import Limit, LimitUnit
from domain.case import commands as c
from domain.case import events as e
from domain.case.facts import CaseFacts
from domain.catalogue.commands import CaseType, ItemType, PublishItemVersion
from domain.catalogue.decisions import decide
from domain.catalogue.events import Material
from domain.catalogue.state import Item, evolve
from domain.office.state import Office
from domain.party.state import Party
from domain.personal import Personal
from domain.post.state import Post

MORNING = datetime(2026, 9, 17, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
NOON = MORNING + timedelta(hours=3)
TODAY = date(2026, 9, 17)

COUNTY, TOWNSHIP, OTHER_TOWNSHIP = "640323000000", "640323101000", "640323102000"
VILLAGE = "640323101200"
CASE = UUID(int=1)
APPLICANT = UUID(int=201)
ANNA, BO, CHEN = UUID(int=101), UUID(int=102), UUID(int=103)
WINDOW, AGENCY_DESK, OTHER_WINDOW = UUID(int=301), UUID(int=302), UUID(int=303)
ITEM = "11640323MB0000001X4000511001000"
CASE_NO = f"{ITEM}202609170001"

MATERIALS = (
    Material(code="M1", name="申请书", required=True),
    Material(code="M2", name="身份证", required=True),
    Material(code="M3", name="委托书", required=False),
)
publish_item = PublishItemVersion(
    item_code=ITEM,
    version=1,
    name="最低生活保障",
    item_type=ItemType.BENEFIT,
    regime=None,
    case_type=CaseType.PROMISED,
    legal_basis="社会救助暂行办法",
    statutory_limit=Limit(30, LimitUnit.WORKDAYS),
    promised_limit=Limit(20, LimitUnit.WORKDAYS),
    materials=MATERIALS,
    now=MORNING,
)


def item_with(command: PublishItemVersion) -> Item:
    """The item after ``command`` was published as its next version."""
    (published,) = decide(Item(), command)
    return evolve(Item(), published)


item = item_with(publish_item)
person = Party(kind="person", name=Personal("张三"), number=Personal("x"))
township_office = Office(code=TOWNSHIP, name="大水坑镇民生服务中心", phone="0953-1")
window = Post(
    post_id=WINDOW, office_code=TOWNSHIP, name="综合窗口", primary=ANNA, backup=BO
)
agency_desk = Post(
    post_id=AGENCY_DESK, office_code=VILLAGE, name="代办", primary=CHEN, backup=BO
)
other_window = Post(
    post_id=OTHER_WINDOW,
    office_code=OTHER_TOWNSHIP,
    name="综合窗口",
    primary=CHEN,
    backup=ANNA,
)
calendar = calendar_state.fold(
    [
        CalendarYearPublished(
            layer="national",
            year=2026,
            notice="国办发明电〔2025〕7号",
            source="R-602",
            off=tuple(
                date(2026, month, day)
                for month, first, last in ((9, 25, 27), (10, 1, 7))
                for day in range(first, last + 1)
            ),
            makeup=(date(2026, 9, 20), date(2026, 10, 10)),
            entered_by="a",
            checked_by="b",
        )
    ]
)
facts = CaseFacts(
    item=item.current, applicant=person, post=window, calendar=calendar, serial=1
)

opened = e.CaseOpened(
    case_id=CASE,
    case_no=CASE_NO,
    item_code=ITEM,
    item_version=1,
    item_name="最低生活保障",
    applicant=APPLICANT,
    office_code=TOWNSHIP,
    channel="window",
    is_collected=False,
)
first_contact = e.FirstContactAssigned(officer=ANNA, post=WINDOW)
all_received = e.MaterialsReceived(materials=("M1", "M2"))
accepted = e.CaseAccepted(
    document_no="受〔2026〕1号",
    seal="S-1",
    accepted_on=TODAY,
    statutory_limit=30,
    promised_limit=20,
    limit_unit="workdays",
    promised_due_told=date(2026, 10, 21),
    statutory_due_told=date(2026, 11, 4),
    is_provisional=False,
)
granted = e.CaseDecided(
    outcome="granted",
    decided_on=TODAY,
    reasons=None,
    remedies=None,
    document_no="准〔2026〕1号",
    seal="S-1",
)
delivered = e.ResultDelivered(mode="counter", delivered_on=TODAY)
withdrawn = e.CaseWithdrawn(reason="不再需要")
refused_at_intake = e.AcceptanceRefused(
    kind="not_required",
    reason="无需办理",
    competent_organ=None,
    document_no="不〔2026〕1号",
    seal="S-1",
)
source_case = e.SourceCaseRecorded(
    case_id=CASE,
    source_case="case-1",
    source_log="receipt",
    office_code=COUNTY,
    item_name=None,
    channel="Internet",
    opened_at=MORNING,
    deadline_at=NOON,
    attributes=(),
)
at_hand = (opened, first_contact)
complete = (*at_hand, all_received)
running = (*complete, accepted)
done = (*running, granted)

open_case = c.OpenCase(
    case_id=CASE,
    item_code=ITEM,
    applicant=APPLICANT,
    post=WINDOW,
    by=ANNA,
    channel=c.Channel.WINDOW,
    now=MORNING,
)
accept = c.AcceptCase(
    case_id=CASE, by=ANNA, document_no="受〔2026〕1号", seal="S-1", now=MORNING
)
grant = c.DecideCase(
    case_id=CASE,
    by=ANNA,
    outcome=c.Outcome.GRANTED,
    reasons=None,
    remedies=None,
    document_no="准〔2026〕1号",
    seal="S-1",
    now=NOON,
)
