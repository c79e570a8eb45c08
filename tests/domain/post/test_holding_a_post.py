"""Posts with an A and a B: done, already so, refused, no such post."""

from dataclasses import replace

import pytest

from domain.office.decisions import OfficeNotFound
from domain.office.state import Office
from domain.post.commands import ChangePostHolders, EstablishPost
from domain.post.decisions import (
    PostFacts,
    PostIsEstablished,
    PostNeedsTwoHolders,
    PostNotFound,
    decide,
)
from domain.post.events import PostEstablished, PostHoldersChanged
from domain.post.state import Post, fold
from domain.rejections import NoSuchThing
from domain.staff.decisions import OfficerNotFound
from domain.staff.state import Officer
from tests import examples as x
from tests.rules import rule

anyone = Officer(officer_id=x.ANNA, name="安娜", office_code=x.TOWNSHIP)
facts = PostFacts(office=x.township_office, primary=anyone, backup=anyone)
establish = EstablishPost(
    post_id=x.WINDOW,
    office_code=x.TOWNSHIP,
    name="综合窗口",
    primary=x.ANNA,
    backup=x.BO,
    now=x.MORNING,
)
established = PostEstablished(
    post_id=x.WINDOW,
    office_code=x.TOWNSHIP,
    name="综合窗口",
    primary=x.ANNA,
    backup=x.BO,
)
post = fold([established])
change = ChangePostHolders(post_id=x.WINDOW, primary=x.BO, backup=x.CHEN, now=x.NOON)


@rule("R-226")
def test_a_post_is_established_with_a_and_b() -> None:
    assert decide(Post(), establish, facts) == (established,)
    assert [post.is_held_by(o) for o in (x.ANNA, x.BO, x.CHEN)] == [True, True, False]


def test_the_same_post_again_changes_nothing() -> None:
    assert decide(post, establish, facts) == ()


@rule("R-226")
@pytest.mark.parametrize(
    "other", [{"backup": x.CHEN}, {"name": "社保窗口"}, {"office_code": x.COUNTY}]
)
def test_an_established_post_is_not_established_otherwise(
    other: dict[str, object],
) -> None:
    with pytest.raises(PostIsEstablished):
        decide(post, replace(establish, **other), facts)  # type: ignore[arg-type]


@rule("R-229")
def test_a_and_b_are_two_people() -> None:
    with pytest.raises(PostNeedsTwoHolders):
        decide(Post(), replace(establish, backup=x.ANNA), facts)
    with pytest.raises(PostNeedsTwoHolders):
        decide(post, replace(change, backup=x.BO), facts)


@rule("R-226")
def test_holders_change_both_at_once_and_never_to_nobody() -> None:
    changed = PostHoldersChanged(primary=x.BO, backup=x.CHEN)
    assert decide(post, change, facts) == (changed,)
    after = fold([established, changed])
    assert (after.primary, after.backup) == (x.BO, x.CHEN)
    assert (after.name, after.office_code) == ("综合窗口", x.TOWNSHIP)
    assert decide(after, change, facts) == ()


@rule("R-226", "R-229")
def test_both_holders_must_be_registered() -> None:
    no_a, no_b = replace(facts, primary=None), replace(facts, backup=Officer())
    for lacking in (no_a, no_b):
        for command in (establish, change):
            with pytest.raises(OfficerNotFound):
                decide(post, command, lacking)


@rule("R-903")
def test_there_must_be_an_office() -> None:
    for nowhere in (None, Office()):
        with pytest.raises(OfficeNotFound):
            decide(Post(), establish, replace(facts, office=nowhere))


def test_there_must_be_a_post_to_change() -> None:
    with pytest.raises(PostNotFound) as refusal:
        decide(Post(), change, facts)
    assert isinstance(refusal.value, NoSuchThing)
