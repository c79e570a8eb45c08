"""Publishing an item version: done, already so, refused; versions never change."""

from dataclasses import replace

import pytest

from domain.calendar.limits import Limit, LimitOutOfRange, LimitUnit
from domain.catalogue.commands import (
    CaseType,
    ItemType,
    PublishItemVersion,
    Regime,
)
from domain.catalogue.decisions import (
    ItemVersionIsNotNext,
    LimitIsMissing,
    LimitUnitsDiffer,
    MaterialListIsIrregular,
    PromiseExceedsStatute,
    RegimeIsNotOfType,
    decide,
)
from domain.catalogue.events import Material
from domain.catalogue.state import Item, fold
from domain.rejections import Rejection
from tests import examples as x
from tests.rules import rule

first = x.publish_item
second = replace(first, version=2, name="最低生活保障（新）")
published = fold(decide(Item(), first))


def workdays(amount: int) -> Limit:
    return Limit(amount, LimitUnit.WORKDAYS)


def refusal_of(command: PublishItemVersion, item: Item | None = None) -> Rejection:
    with pytest.raises(Rejection) as caught:
        decide(item or Item(), command)
    return caught.value


@rule("R-115", "R-103")
def test_an_item_is_published_with_limits_and_the_whole_list() -> None:
    (event,) = decide(Item(), first)
    assert (event.statutory_limit, event.promised_limit) == (30, 20)
    assert (event.limit_unit, event.regime) == ("workdays", "general")
    assert [m.code for m in event.materials] == ["M1", "M2", "M3"]
    assert published.current is not None
    assert published.current.required_codes == {"M1", "M2"}


@rule("R-521")
def test_the_same_version_again_changes_nothing() -> None:
    assert decide(published, first) == ()


@rule("R-521")
def test_a_published_version_is_never_changed() -> None:
    no = refusal_of(replace(first, name="别的名称"), published)
    assert isinstance(no, ItemVersionIsNotNext)
    assert no.facts == {"version": 1, "next": 2}


@rule("R-521")
def test_versions_follow_each_other() -> None:
    assert isinstance(refusal_of(replace(first, version=0)), ItemVersionIsNotNext)
    assert isinstance(refusal_of(second), ItemVersionIsNotNext)
    assert decide(published, second)


@rule("R-521")
def test_the_older_version_stays_as_it_was() -> None:
    item = fold([*decide(Item(), first), *decide(published, second)])
    assert item.current == item.version(2)
    assert item.version(1) == published.current
    assert item.version(3) is None
    assert Item().current is None


@rule("R-103")
def test_a_promise_is_at_most_the_statutory_limit() -> None:
    assert decide(Item(), replace(first, promised_limit=workdays(30)))
    no = refusal_of(replace(first, promised_limit=workdays(31)))
    assert isinstance(no, PromiseExceedsStatute)
    assert no.facts == {"promised": 31, "statutory": 30}


@rule("R-103")
def test_limits_are_compared_in_one_unit_only() -> None:
    natural = replace(first, promised_limit=Limit(20, LimitUnit.NATURAL_DAYS))
    assert isinstance(refusal_of(natural), LimitUnitsDiffer)


@rule("R-102")
def test_every_item_has_a_limit() -> None:
    without_law = replace(first, statutory_limit=None)
    assert decide(Item(), without_law)
    for lacking in (
        replace(without_law, promised_limit=workdays(0)),
        replace(first, promised_limit=workdays(0)),
        replace(first, statutory_limit=workdays(0)),
    ):
        assert isinstance(refusal_of(lacking), LimitIsMissing)


@rule("R-505")
def test_what_is_done_on_the_spot_has_the_same_day() -> None:
    instant = replace(first, case_type=CaseType.INSTANT, promised_limit=workdays(0))
    (event,) = decide(Item(), instant)
    assert event.promised_limit == 0


@rule("R-151")
def test_a_limit_is_no_negative_number_of_days() -> None:
    for amount in (-1, 10_001):
        with pytest.raises(LimitOutOfRange):
            workdays(amount)


@rule("R-101")
def test_permit_law_is_for_permits_and_for_what_says_so() -> None:
    permit = replace(first, item_type=ItemType.PERMIT)
    explicit = replace(first, regime=Regime.PERMIT_LAW)
    for command in (permit, replace(permit, regime=Regime.PERMIT_LAW), explicit):
        (event,) = decide(Item(), command)
        assert event.regime == "permit_law"
    wrong = replace(permit, regime=Regime.GENERAL)
    assert isinstance(refusal_of(wrong), RegimeIsNotOfType)


@rule("R-101", "R-102")
@pytest.mark.parametrize("kind", set(ItemType) - {ItemType.PERMIT})
def test_no_other_type_is_a_permit_by_default(kind: ItemType) -> None:
    (event,) = decide(Item(), replace(first, item_type=kind))
    assert event.regime == "general"


@rule("R-115")
@pytest.mark.parametrize(
    "extra",
    [
        pytest.param(Material(code="M1", name="重复", required=False), id="twice"),
        pytest.param(Material(code=" ", name="无编码", required=True), id="no code"),
        pytest.param(Material(code="M9", name="", required=True), id="no name"),
    ],
)
def test_a_list_has_each_material_once_and_by_name(extra: Material) -> None:
    command = replace(first, materials=(*x.MATERIALS, extra))
    assert isinstance(refusal_of(command), MaterialListIsIrregular)


@rule("R-115")
def test_an_item_that_needs_nothing_has_an_empty_list() -> None:
    (event,) = decide(Item(), replace(first, materials=()))
    assert event.materials == ()
