"""Who did a step, from where, and which rules were in force when he did."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.pages.details import word
from api.pages.language import N_, _
from api.pages.names import NamesInLog
from api.pages.wording import CHANNELS, ROLES
from infra.case_at import CaseAt
from infra.envelope import Recorded

SUBJECTS = {
    "item": N_("事项"),
    "post": N_("岗位"),
    "calendar": N_("工作日历"),
    "office": N_("机构"),
    "party": N_("申请人"),
    "officer": N_("工作人员"),
}


@dataclass(frozen=True, slots=True)
class Line:
    word: str
    value: str


def who_lines(recorded: Recorded, names: NamesInLog) -> tuple[Line, ...]:
    """Actor, role, office, post, terminal, channel; or the row of a foreign log."""
    return tuple(Line(_(label), value) for label, value in _who(recorded, names))


def rules_lines(recorded: Recorded, found: CaseAt) -> tuple[Line, ...]:
    """Versions in force at that time, and those that the decision itself read."""
    return tuple(Line(_(label), value) for label, value in _rules(recorded, found))


def short_who(recorded: Recorded) -> str:
    """For a line of a timeline: role and account, or the foreign row."""
    meta, source = recorded.meta, recorded.meta.provenance
    if source is not None:
        told = _("源日志 {log}（{row}）")
        return told.format(log=source.log, row=source.row)
    return f"{word(ROLES, meta.role)} {meta.actor}"


def _who(recorded: Recorded, names: NamesInLog) -> Iterator[tuple[str, str]]:
    meta, source = recorded.meta, recorded.meta.provenance
    yield N_("操作账号"), meta.actor
    yield N_("身份"), word(ROLES, meta.role)
    if meta.acting_for:
        yield N_("代行"), names.officer(meta.acting_for)
    if meta.office:
        yield N_("机构"), names.office(meta.office)
    if meta.post:
        yield N_("岗位"), names.post(meta.post)
    if meta.channel:
        yield N_("渠道"), word(CHANNELS, meta.channel)
    yield N_("终端"), meta.terminal or _("未记录")
    if source is not None:
        yield N_("来源"), f"{source.log} · {source.row}"
        yield N_("映射版本"), source.mapping


def _rules(recorded: Recorded, found: CaseAt) -> Iterator[tuple[str, str]]:
    policy, item = found.rules.policy, found.case.item_version
    yield N_("工作日历"), _version(found.rules.calendar.version)
    rule = _("{version}（余 {percent}% 或 {days} 个工作日起预警）")
    if policy is not None:
        yield (
            N_("预警规则"),
            rule.format(
                version=_version(policy.version),
                percent=policy.yellow_percent,
                days=policy.yellow_min_workdays,
            ),
        )
    else:
        yield N_("预警规则"), _("未公布")
    if item:
        yield N_("事项"), _version(item)
    facts = recorded.meta.facts
    if facts:
        yield N_("决定时读取"), _("、").join(_fact(*each) for each in facts.items())


def _fact(label: str, version: int) -> str:
    subject = label.partition(":")[0]
    return f"{word(SUBJECTS, subject)} v{version}"


def _version(number: int) -> str:
    return _("第 {number} 版").format(number=number)
