"""Twelve digits: which tier, whose parent, and who sees what (R-901…R-904, V-32)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.office.codes import DivisionCode, DivisionCodeIsMalformed, Tier
from domain.office.kinds import DivisionKind, kind_of
from tests import examples as x
from tests.rules import rule

county, township, village = map(DivisionCode, (x.COUNTY, x.TOWNSHIP, x.VILLAGE))
other_township = DivisionCode(x.OTHER_TOWNSHIP)


@rule("R-901", "R-903", "V-32")
def test_a_village_code_names_its_township_and_its_county() -> None:
    assert village.tier is Tier.VILLAGE
    assert village.parent == township
    assert township.parent == county
    assert county.parent is None
    assert [c.prefix for c in (county, township, village)] == [
        "640323",
        "640323101",
        "640323101200",
    ]


@rule("R-902", "V-32")
def test_the_segments_tell_what_kind_of_division_it_is() -> None:
    assert [kind_of(c) for c in (county, township, village)] == ["县", "镇", "村委会"]
    for digits, kind in (
        ("640323001000", DivisionKind.STREET),
        ("640323200000", DivisionKind.RURAL_TOWNSHIP),
        ("640323400000", DivisionKind.ENTERPRISE),
        ("640323600000", DivisionKind.UNUSUAL),
        ("640323101001", DivisionKind.NEIGHBOURHOOD_COMMITTEE),
        ("640323101199", DivisionKind.NEIGHBOURHOOD_COMMITTEE),
        ("640323101400", DivisionKind.UNUSUAL),
    ):
        assert kind_of(DivisionCode(digits)) is kind


@rule("R-904", "V-32")
def test_a_village_is_not_visible_to_the_township_next_door() -> None:
    assert county.covers(village)
    assert township.covers(village)
    assert village.covers(village)
    assert not other_township.covers(village)
    assert not village.covers(township)


@rule("R-903")
def test_trailing_zeros_are_not_a_wildcard() -> None:
    assert not DivisionCode("640323100000").covers(township)
    assert DivisionCode("640323100000").tier is Tier.TOWNSHIP
    assert DivisionCode("640323101010").tier is Tier.VILLAGE


@rule("R-901")
@pytest.mark.parametrize(
    "digits",
    [
        pytest.param("", id="nothing"),
        pytest.param("640323", id="county digits only"),
        pytest.param("6403231012000", id="thirteen"),
        pytest.param("64032310120x", id="a letter"),
        pytest.param("６４０３２３１０１２００", id="full-width digits"),
        pytest.param("640300000000", id="a prefecture"),
        pytest.param("640323000200", id="a village without a township"),
    ],
)
def test_a_malformed_code_is_refused(digits: str) -> None:
    with pytest.raises(DivisionCodeIsMalformed):
        DivisionCode(digits)


@rule("R-903", "R-904")
@given(st.integers(110101, 659099), st.integers(1, 599), st.integers(0, 399))
def test_every_parent_covers_its_child_and_not_the_reverse(
    county_part: int, township_part: int, village_part: int
) -> None:
    digits = f"{county_part + (county_part % 100 == 0):06}{township_part:03}"
    code = DivisionCode(digits + f"{village_part:03}")
    while code.parent is not None:
        assert code.parent.covers(code)
        assert not code.covers(code.parent)
        code = code.parent
    assert code.tier is Tier.COUNTY
