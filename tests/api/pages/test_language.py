"""Chinese first, English by catalogue: every word, on every page."""

import re

import pytest

from api.pages.language import CHINESE, ENGLISH, _, catalogue, in_figures, speaking
from tests.api.county import County
from tests.api.pages.browser import Visitor
from tests.tools.words import SENTENCES, untranslated, words

SLOT = re.compile(r"{\w*}")


@pytest.fixture
def visitor(county: County) -> Visitor:
    return Visitor(county)


def test_every_word_that_a_page_says_has_an_english_one() -> None:
    assert untranslated() == []


def test_the_catalogue_holds_nothing_that_no_page_says() -> None:
    assert set(catalogue(ENGLISH)) - words() == set()


def test_a_translation_keeps_every_figure_of_its_sentence() -> None:
    for text, english in catalogue(ENGLISH).items():
        assert sorted(SLOT.findall(text)) == sorted(SLOT.findall(english)), text


def test_chinese_is_said_unless_something_else_is_chosen() -> None:
    assert _("登录") == "登录"
    with speaking(ENGLISH):
        assert _("登录") == "Sign in"
        with speaking("tlh"):
            assert _("登录") == "登录"
    assert _("登录") == "登录"


def test_what_the_rules_say_in_figures_is_said_in_english_too() -> None:
    assert in_figures("余 12 个工作日") == "余 12 个工作日"
    with speaking(ENGLISH):
        assert in_figures("余 12 个工作日") == "12 working day(s) left"
        assert all("{" not in in_figures(s.replace("{}", "3")) for s in SENTENCES)


def test_a_visitor_switches_and_comes_back_to_where_he_was(visitor: Visitor) -> None:
    own = {"Sec-Fetch-Site": "same-origin"}
    answer = visitor.send("/language", own, to=ENGLISH, next="/login")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login"
    assert "Sign in" in visitor.get("/login").text
    visitor.send("/language", own, to=CHINESE, next="/login")
    assert "Sign in" not in visitor.get("/login").text


def test_no_form_of_another_site_switches_it(visitor: Visitor) -> None:
    evil = {"Origin": "http://evil.example"}
    assert visitor.send("/language", evil, to=ENGLISH, next="/").status_code == 403
