"""Rules for publishing an item version."""

from collections import Counter
from typing import ClassVar

from domain.calendar.limits import LimitUnit
from domain.catalogue.commands import CaseType, ItemType, PublishItemVersion, Regime
from domain.catalogue.events import ItemVersionPublished
from domain.catalogue.state import Item, version_of
from domain.rejections import NoSuchThing, Rejection


class ItemNotFound(NoSuchThing):
    code: ClassVar[str] = "item-not-found"
    rule: ClassVar[str] = "R-115"
    title: ClassVar[str] = "没有公布这个事项"
    remedy: ClassVar[str] = "请核对实施编码，或先公布事项版本。"


class PromiseExceedsStatute(Rejection):
    code: ClassVar[str] = "promise-exceeds-statute"
    rule: ClassVar[str] = "R-103"
    title: ClassVar[str] = "承诺时限超过法定时限"
    remedy: ClassVar[str] = "请将承诺办结时限调整为不超过法定办结时限。"


class LimitUnitsDiffer(Rejection):
    code: ClassVar[str] = "limit-units-differ"
    rule: ClassVar[str] = "R-103"
    title: ClassVar[str] = "承诺时限与法定时限单位不同"
    remedy: ClassVar[str] = "请由工作人员换算为同一单位后再公布。"


class LimitIsMissing(Rejection):
    """R-102: where no law sets a limit, a reasonable one must be set and kept."""

    code: ClassVar[str] = "limit-is-missing"
    rule: ClassVar[str] = "R-102"
    title: ClassVar[str] = "承诺件必须有办结时限"
    remedy: ClassVar[str] = "请填写不少于 1 的承诺办结时限。"


class ItemVersionIsNotNext(Rejection):
    """R-521: published versions are immutable; a change is the next version."""

    code: ClassVar[str] = "item-version-is-not-next"
    rule: ClassVar[str] = "R-521"
    title: ClassVar[str] = "事项版本号不连续或已公布"
    remedy: ClassVar[str] = "已公布的版本不可修改，请以下一个版本号公布。"


class MaterialListIsIrregular(Rejection):
    code: ClassVar[str] = "material-list-is-irregular"
    rule: ClassVar[str] = "R-115"
    title: ClassVar[str] = "材料清单有重复或空白的编码"
    remedy: ClassVar[str] = "请为每份材料填写唯一的编码和名称。"


class RegimeIsNotOfType(Rejection):
    code: ClassVar[str] = "regime-is-not-of-type"
    rule: ClassVar[str] = "R-101"
    title: ClassVar[str] = "行政许可事项必须适用行政许可法时限"
    remedy: ClassVar[str] = "行政许可（01）事项请选择行政许可法时限制度。"


def decide(item: Item, command: PublishItemVersion) -> tuple[ItemVersionPublished, ...]:
    _check_limits(command)
    _check_materials(command)
    published = ItemVersionPublished(
        item_code=command.item_code,
        version=command.version,
        name=command.name,
        item_type=command.item_type,
        regime=_regime(command),
        case_type=command.case_type,
        legal_basis=command.legal_basis,
        statutory_limit=(
            command.statutory_limit.amount if command.statutory_limit else None
        ),
        promised_limit=command.promised_limit.amount,
        limit_unit=command.promised_limit.unit,
        materials=command.materials,
    )
    if item.version(command.version) == version_of(published):
        return ()
    if command.version != len(item.versions) + 1:
        raise ItemVersionIsNotNext(version=command.version, next=len(item.versions) + 1)
    return (published,)


def _regime(command: PublishItemVersion) -> Regime:
    if command.item_type is ItemType.PERMIT:
        if command.regime is Regime.GENERAL:
            raise RegimeIsNotOfType(item_type=command.item_type)
        return Regime.PERMIT_LAW
    return command.regime or Regime.GENERAL


def _check_limits(command: PublishItemVersion) -> None:
    promised, statutory = command.promised_limit, command.statutory_limit
    least = 0 if command.case_type is CaseType.INSTANT else 1
    if promised.amount < least or (statutory and statutory.amount < 1):
        raise LimitIsMissing(promised=promised.amount)
    if statutory is None:
        return
    if promised.unit != statutory.unit:
        raise LimitUnitsDiffer(
            promised_unit=LimitUnit(promised.unit),
            statutory_unit=LimitUnit(statutory.unit),
        )
    if promised.amount > statutory.amount:
        raise PromiseExceedsStatute(
            promised=promised.amount, statutory=statutory.amount
        )


def _check_materials(command: PublishItemVersion) -> None:
    codes = Counter(m.code for m in command.materials)
    blank = any(not m.code.strip() or not m.name.strip() for m in command.materials)
    if blank or any(count > 1 for count in codes.values()):
        raise MaterialListIsIrregular(item_code=command.item_code)
