"""An officer's record: done, already so, refused, no such office."""

from dataclasses import replace

import pytest

from domain.office.decisions import OfficeNotFound
from domain.office.state import Office
from domain.rejections import NoSuchThing
from domain.staff.commands import NameSourceOfficer, RegisterOfficer
from domain.staff.decisions import (
    BadgeNameIsMissing,
    OfficerIsRegistered,
    StaffFacts,
    decide,
)
from domain.staff.events import OfficerRegistered, SourceOfficerNamed
from domain.staff.state import Officer, fold
from tests import examples as x
from tests.rules import rule

here = StaffFacts(office=x.township_office)
register = RegisterOfficer(
    officer_id=x.ANNA,
    staff_no="A001",
    badge_name="安娜",
    office_code=x.TOWNSHIP,
    now=x.MORNING,
)
registered = OfficerRegistered(
    officer_id=x.ANNA, staff_no="A001", badge_name="安娜", office_code=x.TOWNSHIP
)
label = NameSourceOfficer(
    officer_id=x.BO, label="Resource07", office_code=x.TOWNSHIP, now=x.MORNING
)
labelled = SourceOfficerNamed(
    officer_id=x.BO, label="Resource07", office_code=x.TOWNSHIP
)


@rule("R-226", "R-201")
def test_an_officer_is_registered_with_number_and_badge() -> None:
    assert decide(Officer(), register, here) == (registered,)


def test_the_same_officer_again_changes_nothing() -> None:
    assert decide(fold([registered]), register, here) == ()


@rule("R-226")
@pytest.mark.parametrize(
    "change", [{"badge_name": "安妮"}, {"staff_no": "A009"}, {"office_code": x.VILLAGE}]
)
def test_one_record_is_one_officer(change: dict[str, str]) -> None:
    other = replace(register, **change)  # type: ignore[arg-type]
    with pytest.raises(OfficerIsRegistered):
        decide(fold([registered]), other, here)


@rule("R-201")
def test_a_badge_has_a_name_and_a_number() -> None:
    for lacking in (replace(register, badge_name=" "), replace(register, staff_no="")):
        with pytest.raises(BadgeNameIsMissing):
            decide(Officer(), lacking, here)


@rule("A-14")
def test_an_officer_of_a_foreign_log_is_a_label_and_nothing_more() -> None:
    assert decide(Officer(), label, here) == (labelled,)
    officer = fold([labelled])
    assert (officer.name, officer.staff_no) == ("Resource07", "")
    assert officer.is_from_source
    assert decide(officer, label, here) == ()


@rule("R-903")
def test_there_must_be_an_office() -> None:
    for command in (register, label):
        for nowhere in (None, Office()):
            with pytest.raises(OfficeNotFound) as refusal:
                decide(Officer(), command, StaffFacts(office=nowhere))
            assert isinstance(refusal.value, NoSuchThing)
