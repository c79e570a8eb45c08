"""The fields of the form that opens a case: the matter, and who comes with it."""

from collections.abc import Sequence
from uuid import UUID

from api.pages.language import N_
from api.pages.window_fields import Choice, Field, Look
from api.pages.window_places import items_offered, places_of_holder
from api.pages.wording import CHANNELS
from domain.case.commands import Channel
from domain.party.commands import PartyKind
from infra.database import Database

CONFIRMED = "known"
KINDS = {PartyKind.PERSON: N_("个人"), PartyKind.ORGANISATION: N_("单位")}


def case_fields(database: Database, office_code: str, officer: UUID) -> Sequence[Field]:
    """What for, at which of the officer's posts, by which way."""
    posts = [
        Choice(str(place.post_id), f"{place.office} · {place.name}", is_data=True)
        for place in places_of_holder(database, office_code, officer)
    ]
    items = [Choice(*each, is_data=True) for each in items_offered(database)]
    channels = [Choice(each.value, CHANNELS[each.value]) for each in Channel]
    return [
        Field(name="item_code", word=N_("事项"), look=Look.SELECT, choices=items),
        Field(
            name="channel",
            word=N_("渠道"),
            look=Look.RADIO,
            values=[Channel.WINDOW],
            choices=channels,
        ),
        Field(
            name="post",
            word=N_("收件岗位"),
            look=Look.SELECT,
            values=[posts[0].value] if posts else (),
            choices=posts,
            hint=N_("首次接待的人员即首问责任人（R-201）。"),
        ),
    ]


def party_fields() -> Sequence[Field]:
    """As on the certificate; browsers are told not to remember it."""
    return [
        Field(
            name="kind",
            word=N_("申请人类型"),
            look=Look.RADIO,
            values=[PartyKind.PERSON],
            choices=[Choice(kind.value, word) for kind, word in KINDS.items()],
        ),
        Field(name="name", word=N_("姓名或名称"), most=100, is_private=True),
        Field(
            name="number",
            word=N_("证件号码"),
            most=40,
            is_private=True,
            hint=N_("身份证号，或统一社会信用代码；已登记过的会自动找到。"),
        ),
        Field(
            name="phone",
            word=N_("联系电话"),
            most=20,
            is_private=True,
            is_required=False,
        ),
    ]
