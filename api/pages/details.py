"""What a step of a case says beside its heading, in Chinese."""

from typing import Protocol, assert_never
from uuid import UUID

from api.pages.formats import local_day, local_instant
from api.pages.wording import (
    CHANNELS,
    LEVELS,
    MODES,
    OUTCOMES,
    REFUSALS,
    SOURCE_STEPS,
    UNITS,
)
from domain.case import events as e


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


def detail(event: e.CaseEvent, names: Names) -> str:  # noqa: C901  a line an event
    match event:
        case e.CaseOpened():
            return _opened(event, names)
        case e.FirstContactAssigned():
            return f"首问责任人：{names.officer(event.officer)}"
        case e.OneTimeNoticeGiven():
            return _notified(event)
        case e.MaterialsReceived():
            return f"收到材料 {len(event.materials)} 项"
        case e.CaseAccepted():
            return _accepted(event)
        case e.AcceptanceRefused():
            return _acceptance_refused(event)
        case e.CaseHandedOver() | e.CaseTransferred():
            return _moved(event, names)
        case e.CaseDecided():
            return _decided(event)
        case e.ResultDelivered():
            return MODES.get(event.mode, event.mode)
        case e.CaseRated():
            return _joined(LEVELS.get(event.level), CHANNELS.get(event.channel))
        case e.CaseWithdrawn():
            return f"原因：{event.reason}"
        case _:
            return _source(event, names)


def _source(event: SourceEvent, names: Names) -> str:
    match event:
        case e.SourceCaseRecorded():
            return _source_case(event)
        case e.SourceStepRecorded():
            return _source_step(event, names)
        case e.SourceHandoverDerived():
            return _change(event, names)
        case e.SourceCaseEnded():
            return f"源系统结束 {local_instant(event.ended_at)}"
        case _:
            assert_never(event)


def _opened(event: e.CaseOpened, names: Names) -> str:
    """R-238: what a village point does is 代收, never 受理."""
    how = "代办点代收" if event.is_collected else "收件"
    channel = CHANNELS.get(event.channel, event.channel)
    return _joined(f"{channel}{how}", names.office(event.office_code))


def _notified(event: e.OneTimeNoticeGiven) -> str:
    missing = len(event.missing)
    lacks = f"其中缺 {missing} 项" if missing else "材料齐全"
    return _joined(f"告知全部材料 {len(event.materials)} 项", lacks)


def _accepted(event: e.CaseAccepted) -> str:
    unit = UNITS.get(event.limit_unit, event.limit_unit)
    word = "预计到期日" if event.is_provisional else "告知到期日"
    told = event.promised_due_told
    return _joined(
        event.document_no,
        f"承诺 {event.promised_limit} {unit}" if event.promised_limit else "即办件",
        f"{word} {local_day(told)}" if told else "到期日待定",
    )


def _acceptance_refused(event: e.AcceptanceRefused) -> str:
    organ = event.competent_organ
    return _joined(
        event.document_no,
        REFUSALS.get(event.kind, event.kind),
        event.reason,
        f"应向{organ}申请" if organ else None,
    )


def _moved(event: e.CaseHandedOver | e.CaseTransferred, names: Names) -> str:
    if isinstance(event, e.CaseHandedOver):
        return _joined(_change(event, names), event.reason)
    before, after = names.office(event.from_office), names.office(event.to_office)
    officer = names.officer(event.to_officer)
    return _joined(f"{before} → {after}", f"承办人 {officer}", event.reason)


def _decided(event: e.CaseDecided) -> str:
    return _joined(
        OUTCOMES.get(event.outcome, event.outcome),
        event.document_no,
        f"理由：{event.reasons}" if event.reasons else None,
        f"救济途径：{event.remedies}" if event.remedies else None,
    )


def _source_case(event: e.SourceCaseRecorded) -> str:
    opened, due = event.opened_at, event.deadline_at
    return _joined(
        f"源日志 {event.source_log}",
        f"渠道 {event.channel}" if event.channel else None,
        f"源系统开始 {local_instant(opened)}" if opened else None,
        f"源系统期限 {local_instant(due)}" if due else None,
    )


def _source_step(event: e.SourceStepRecorded, names: Names) -> str:
    meaning = SOURCE_STEPS.get(event.step or "")
    near = "近似" if event.kind == "proxy" else "对应"
    return _joined(
        event.activity,
        f"{near}“{meaning}”" if meaning else "未对应任何环节",
        f"承办人 {names.officer(event.officer)}",
        event.group,
    )


def _change(event: e.CaseHandedOver | e.SourceHandoverDerived, names: Names) -> str:
    return f"{names.officer(event.from_officer)} → {names.officer(event.to_officer)}"


def _joined(*parts: str | None) -> str:
    return "；".join(part for part in parts if part)
