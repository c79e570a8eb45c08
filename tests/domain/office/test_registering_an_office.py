"""Opening and renaming an office: done, already so, refused, no such office."""

from dataclasses import replace

import pytest

from domain.office.codes import DivisionCodeIsMalformed
from domain.office.commands import RegisterOffice, RenameOffice
from domain.office.decisions import (
    AgencyPointNameIsIrregular,
    OfficeFacts,
    OfficeIsRegistered,
    OfficeNameIsMissing,
    OfficeNotFound,
    ParentOfficeNotFound,
    decide,
)
from domain.office.events import OfficeRegistered, OfficeRenamed
from domain.office.state import Office, fold
from domain.rejections import NoSuchThing
from tests import examples as x
from tests.rules import rule

county = Office(code=x.COUNTY, name="盐池县政务服务中心", phone="0953-1")
under_county = OfficeFacts(parent=county)
under_township = OfficeFacts(parent=x.township_office)
alone = OfficeFacts(parent=None)
register = RegisterOffice(
    code=x.TOWNSHIP, name="大水坑镇民生服务中心", phone="0953-1", now=x.MORNING
)
registered = OfficeRegistered(
    code=x.TOWNSHIP, name="大水坑镇民生服务中心", phone="0953-1"
)
point = replace(register, code=x.VILLAGE, name="大水坑村民生服务代办点")
rename = RenameOffice(code=x.TOWNSHIP, name="大水坑镇为民服务中心", now=x.NOON)


@rule("R-901", "R-906")
def test_an_office_is_opened_under_its_code() -> None:
    assert decide(Office(), register, under_county) == (registered,)
    top = replace(register, code=x.COUNTY)
    assert decide(Office(), top, alone) == (replace(registered, code=x.COUNTY),)


def test_the_same_office_again_changes_nothing() -> None:
    assert decide(fold([registered]), register, under_county) == ()


@rule("R-906")
def test_a_code_belongs_to_one_office() -> None:
    for other in (replace(register, name="别的中心"), replace(register, phone="0")):
        with pytest.raises(OfficeIsRegistered):
            decide(fold([registered]), other, under_county)


@rule("R-906")
def test_the_office_above_comes_first() -> None:
    for facts in (alone, OfficeFacts(parent=Office())):
        with pytest.raises(ParentOfficeNotFound) as refusal:
            decide(Office(), register, facts)
        assert refusal.value.facts == {"parent": x.COUNTY}


@rule("R-901")
def test_a_malformed_code_opens_nothing() -> None:
    with pytest.raises(DivisionCodeIsMalformed):
        decide(Office(), replace(register, code="640323"), alone)


@rule("R-907")
def test_a_village_point_is_called_what_the_policy_says() -> None:
    assert decide(Office(), point, under_township)
    community = replace(point, name="裕民社区民生服务代办点")
    assert decide(Office(), community, under_township)
    with pytest.raises(AgencyPointNameIsIrregular):
        decide(Office(), replace(point, name="大水坑村服务站"), under_township)


@rule("R-906")
def test_an_office_has_a_name() -> None:
    with pytest.raises(OfficeNameIsMissing):
        decide(Office(), replace(register, name="  "), under_county)
    with pytest.raises(OfficeNameIsMissing):
        decide(fold([registered]), replace(rename, name=""), alone)


@rule("R-905")
def test_an_office_is_renamed_and_keeps_its_code() -> None:
    office = fold([registered])
    events = decide(office, rename, alone)
    assert events == (OfficeRenamed(name="大水坑镇为民服务中心"),)
    renamed = fold([registered, *events])
    assert (renamed.code, renamed.name) == (x.TOWNSHIP, "大水坑镇为民服务中心")
    assert decide(renamed, rename, alone) == ()


@rule("R-907")
def test_a_village_point_is_not_renamed_away_from_its_kind() -> None:
    village = fold(decide(Office(), point, under_township))
    with pytest.raises(AgencyPointNameIsIrregular):
        decide(village, replace(rename, code=x.VILLAGE), alone)


def test_no_such_office_is_renamed() -> None:
    with pytest.raises(OfficeNotFound) as refusal:
        decide(Office(), rename, alone)
    assert isinstance(refusal.value, NoSuchThing)
