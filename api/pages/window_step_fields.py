"""Which fields each step's form has, and what they propose for this case."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from api.pages.language import N_
from api.pages.window_desk import CaseAtDesk
from api.pages.window_fields import Choice, Field, Look
from api.pages.window_places import places_of_line
from api.pages.wording import MODES, OUTCOMES, REFUSALS
from domain.calendar.due import local_date
from domain.case.commands import DeliveryMode, Outcome, RefusalKind
from domain.case.state import Stage
from domain.office.codes import DivisionCode, Tier
from infra.database import Database

SERIAL, TEXT, WORD, NAME = 4, 1000, 50, 100
# Goes into the record as it stands, so in Chinese whatever the page speaks.
REMEDIES = (
    "如不服本决定，可自收到决定书之日起六十日内申请行政复议，"
    "或者在六个月内依法提起行政诉讼。"
)
REASON = N_("原因")
Fields = Iterator[Field]


def fields_of(step: str, desk: CaseAtDesk, database: Database) -> Sequence[Field]:
    """The fields of one step's form, as first shown."""
    if step == "transfers":
        return list(_transfer(desk, database))
    return list(OF_STEP[step](desk))


def _notice(_: CaseAtDesk) -> Fields:
    """The whole list is told, so nothing is asked (R-110)."""
    yield from ()


def _materials(desk: CaseAtDesk) -> Fields:
    listed = desk.item.materials if desk.item else ()
    yield Field(
        name="materials",
        word=N_("本次收到的材料"),
        look=Look.CHECKS,
        choices=[
            Choice(
                material.code,
                material.name,
                is_data=True,
                note=N_("必要") if material.required else N_("视情况提供"),
            )
            for material in listed
            if material.code not in desk.case.materials
        ],
        hint=N_("只可收取办事指南列明的材料（R-114）。"),
    )


def _acceptance(desk: CaseAtDesk) -> Fields:
    yield from _document(desk, "受")


def _acceptance_refusal(desk: CaseAtDesk) -> Fields:
    yield Field(
        name="kind",
        word=N_("情形"),
        look=Look.RADIO,
        values=[RefusalKind.NOT_COMPETENT],
        choices=_choices(RefusalKind, REFUSALS),
    )
    yield Field(name="reason", word=N_("理由"), look=Look.TEXT, most=TEXT)
    yield Field(
        name="competent_organ",
        word=N_("应向哪个机关申请"),
        most=NAME,
        is_required=False,
        hint=N_("不属于本机关职权范围时必填：机关名称和电话（R-105）。"),
    )
    yield from _document(desk, "不受")


def _handover(desk: CaseAtDesk) -> Fields:
    people = [
        Choice(str(officer), desk.names.officer(officer), is_data=True)
        for officer in desk.others
    ]
    yield Field(
        name="to",
        word=N_("交给"),
        look=Look.SELECT,
        values=[people[0].value] if people else (),
        choices=people,
        hint=N_("同一岗位的A岗或B岗人员（R-226）。"),
    )
    yield _reason()


def _transfer(desk: CaseAtDesk, database: Database) -> Fields:
    """R-117: what is accepted already stays with organs."""
    is_accepted = desk.case.stage is Stage.ACCEPTED
    places = [
        place
        for place in places_of_line(database, desk.case.office_code)
        if place.post_id != desk.case.post
        and not (is_accepted and _tier(place.office_code) is Tier.VILLAGE)
    ]
    yield Field(
        name="to_post",
        word=N_("转给"),
        look=Look.SELECT,
        choices=[
            Choice(str(p.post_id), f"{p.office} · {p.name}", is_data=True)
            for p in places
        ],
        hint=N_("上级、下级或本机构的岗位，由其A岗接办（R-904）。"),
    )
    yield _reason()


def _decision(desk: CaseAtDesk) -> Fields:
    yield Field(
        name="outcome",
        word=N_("决定"),
        look=Look.RADIO,
        values=[Outcome.GRANTED],
        choices=_choices(Outcome, OUTCOMES),
    )
    hint = N_("不予时必填（R-138）。")
    yield Field(
        name="reasons",
        word=N_("理由"),
        look=Look.TEXT,
        most=TEXT,
        is_required=False,
        hint=hint,
    )
    yield Field(
        name="remedies",
        word=N_("救济途径"),
        look=Look.TEXT,
        values=[REMEDIES],
        most=TEXT,
        is_required=False,
        hint=N_("只在不予时告知和记录（R-138）。"),
    )
    yield from _document(desk, "决")


def _delivery(_: CaseAtDesk) -> Fields:
    yield Field(
        name="mode",
        word=N_("送达方式"),
        look=Look.RADIO,
        values=[DeliveryMode.COUNTER],
        choices=_choices(DeliveryMode, MODES),
    )


def _withdrawal(_: CaseAtDesk) -> Fields:
    yield _reason(N_("申请人说明的原因"))


def _reason(word: str = REASON) -> Field:
    return Field(name="reason", word=word, look=Look.TEXT, most=TEXT)


def _document(desk: CaseAtDesk, kind: str) -> Fields:
    """A number to begin with, after the case's own; the register has the last word."""
    today = local_date(desk.found.at)
    serial = int(desk.case.case_no[-SERIAL:])
    yield Field(
        name="document_no",
        word=N_("文书编号"),
        values=[f"{kind}〔{today.year}〕{today:%m%d}-{serial}号"],
        most=WORD,
        hint=N_("建议编号，请与文书登记簿核对。"),
    )
    yield Field(
        name="seal",
        word=N_("印章编号"),
        values=[f"S-{DivisionCode(desk.case.office_code).prefix}"],
        most=WORD,
    )


def _choices(
    values: type[RefusalKind | Outcome | DeliveryMode], words: Mapping[str, str]
) -> Sequence[Choice]:
    return [Choice(value.value, words[value.value]) for value in values]


def _tier(office_code: str) -> Tier:
    return DivisionCode(office_code).tier


OF_STEP: dict[str, Callable[[CaseAtDesk], Fields]] = {
    "notice": _notice,
    "materials": _materials,
    "acceptance": _acceptance,
    "acceptance-refusal": _acceptance_refusal,
    "handovers": _handover,
    "decision": _decision,
    "delivery": _delivery,
    "withdrawal": _withdrawal,
}
