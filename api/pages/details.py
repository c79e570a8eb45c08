"""What a step of a case says beside its heading."""

from collections.abc import Mapping
from typing import Protocol, assert_never
from uuid import UUID

from api.pages.formats import local_day, local_instant
from api.pages.language import _
from api.pages.wording import (
    CHANNELS,
    LEVELS,
    MODES,
    OUTCOMES,
    REFUSALS,
    SOURCE_STEPS,
    UNITS,
    wording_of,
)
from domain.case import events as e
from domain.unknown import UnknownEvent


class Names(Protocol):
    """Who and where, for the ids that stand in events."""

    def officer(self, officer: UUID | None) -> str: ...

    def office(self, code: str | None) -> str: ...


SourceEvent = (
    e.SourceCaseRecorded
    | e.SourceStepRecorded
    | e.SourceHandoverDerived
    | e.SourceCaseEnded
)


def word(table: Mapping[str, str], code: str) -> str:
    """What ``code`` is called; a code that the table lacks stands for itself."""
    return _(table[code]) if code in table else code


def heading_of(event: e.CaseEvent | UnknownEvent) -> str:
    """The step by name; a row of a foreign log is called what its log calls it."""
    if isinstance(event, e.SourceStepRecorded):
        return event.activity
    return _(wording_of(event).heading)


def detail(  # noqa: C901  a line an event
    event: e.CaseEvent | UnknownEvent, names: Names
) -> str:
    match event:
        case e.CaseOpened():
            return _opened(event, names)
        case e.FirstContactAssigned():
            return _labelled(_("首问责任人"), names.officer(event.officer))
        case e.OneTimeNoticeGiven():
            return _notified(event)
        case e.MaterialsReceived():
            return _("收到材料 {count} 项").format(count=len(event.materials))
        case e.CaseAccepted():
            return _accepted(event)
        case e.AcceptanceRefused():
            return _acceptance_refused(event)
        case e.CaseHandedOver() | e.CaseTransferred():
            return _moved(event, names)
        case e.CaseDecided():
            return _decided(event)
        case e.ResultDelivered():
            return word(MODES, event.mode)
        case e.CaseRated():
            return _joined(word(LEVELS, event.level), word(CHANNELS, event.channel))
        case e.CaseWithdrawn():
            return _labelled(_("原因"), event.reason)
        case _:
            return _source(event, names)


def _source(event: SourceEvent | UnknownEvent, names: Names) -> str:
    match event:
        case e.SourceCaseRecorded():
            return _source_case(event)
        case e.SourceStepRecorded():
            return _source_step(event, names)
        case e.SourceHandoverDerived():
            return _change(event, names)
        case e.SourceCaseEnded():
            return _labelled(_("源系统结束"), local_instant(event.ended_at))
        case UnknownEvent():
            return event.name
        case _:
            assert_never(event)


def _opened(event: e.CaseOpened, names: Names) -> str:
    """R-238: what a village point does is 代收, never 受理."""
    how = _("代办点代收") if event.is_collected else _("收件")
    channel = word(CHANNELS, event.channel)
    return _joined(
        _("{channel}{how}").format(channel=channel, how=how),
        names.office(event.office_code),
    )


def _notified(event: e.OneTimeNoticeGiven) -> str:
    missing = len(event.missing)
    lacks = _("其中缺 {count} 项").format(count=missing) if missing else _("材料齐全")
    told = _("告知全部材料 {count} 项").format(count=len(event.materials))
    return _joined(told, lacks)


def _accepted(event: e.CaseAccepted) -> str:
    unit = word(UNITS, event.limit_unit)
    due = _("预计到期日") if event.is_provisional else _("告知到期日")
    told, limit = event.promised_due_told, event.promised_limit
    promised = _("承诺 {limit} {unit}").format(limit=limit, unit=unit)
    return _joined(
        event.document_no,
        promised if limit else _("即办件"),
        f"{due} {local_day(told)}" if told else _("到期日待定"),
    )


def _acceptance_refused(event: e.AcceptanceRefused) -> str:
    organ = event.competent_organ
    return _joined(
        event.document_no,
        word(REFUSALS, event.kind),
        event.reason,
        _("应向{organ}申请").format(organ=organ) if organ else None,
    )


def _moved(event: e.CaseHandedOver | e.CaseTransferred, names: Names) -> str:
    if isinstance(event, e.CaseHandedOver):
        return _joined(_change(event, names), event.reason)
    before, after = names.office(event.from_office), names.office(event.to_office)
    officer = names.officer(event.to_officer)
    return _joined(
        f"{before} → {after}", _("承办人 {name}").format(name=officer), event.reason
    )


def _decided(event: e.CaseDecided) -> str:
    return _joined(
        word(OUTCOMES, event.outcome),
        event.document_no,
        _labelled(_("理由"), event.reasons) if event.reasons else None,
        _labelled(_("救济途径"), event.remedies) if event.remedies else None,
    )


def _source_case(event: e.SourceCaseRecorded) -> str:
    opened, due = event.opened_at, event.deadline_at
    return _joined(
        _("源日志 {name}").format(name=event.source_log),
        _("渠道 {name}").format(name=event.channel) if event.channel else None,
        _("源系统开始 {at}").format(at=local_instant(opened)) if opened else None,
        _("源系统期限 {at}").format(at=local_instant(due)) if due else None,
    )


def _source_step(event: e.SourceStepRecorded, names: Names) -> str:
    near = _("近似“{meaning}”") if event.kind == "proxy" else _("对应“{meaning}”")
    known = event.step in SOURCE_STEPS
    meaning = word(SOURCE_STEPS, event.step or "")
    return _joined(
        near.format(meaning=meaning) if known else _("未对应任何环节"),
        _("承办人 {name}").format(name=names.officer(event.officer)),
        event.group,
    )


def _change(event: e.CaseHandedOver | e.SourceHandoverDerived, names: Names) -> str:
    return f"{names.officer(event.from_officer)} → {names.officer(event.to_officer)}"


def _labelled(label: str, value: str) -> str:
    return _("{label}：{value}").format(label=label, value=value)


def _joined(*parts: str | None) -> str:
    return _("；").join(part for part in parts if part)
