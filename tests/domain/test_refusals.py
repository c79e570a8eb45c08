"""Every refusal says its rule and a remedy, and every one is shown by a test."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import domain
from domain.rejections import NoSuchThing, NotPermitted, Rejection

TESTS = Path(__file__).parent
for module in pkgutil.walk_packages(domain.__path__, "domain."):
    importlib.import_module(module.name)


def reasons(kind: type[Rejection] = Rejection) -> list[type[Rejection]]:
    """Every reason the domain has, not the kinds that only group them."""
    found = [sub for child in kind.__subclasses__() for sub in reasons(child)]
    is_ours = kind.__module__.startswith("domain.") and "code" in vars(kind)
    return sorted({*found, *([kind] if is_ours else [])}, key=lambda k: k.__name__)


REASONS = reasons()


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.__name__)
def test_a_refusal_says_rule_fact_and_remedy(reason: type[Rejection]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", reason.code)
    assert re.fullmatch(r"R-\d{3}|A-\d{2}", reason.rule)
    assert re.search(r"[一-鿿]", reason.title)
    assert reason.remedy.endswith("。")


def test_codes_are_unique() -> None:
    codes = [reason.code for reason in REASONS]
    assert len(codes) == len(set(codes))


def test_what_is_not_found_is_a_kind_of_its_own() -> None:
    for reason in REASONS:
        named = reason.code.endswith(("-not-found", "-unknown", "-not-published"))
        if named and reason.__name__ not in (
            "ParentOfficeNotFound",
            "CalendarYearUnknown",
        ):
            assert issubclass(reason, NoSuchThing), reason
    assert {r.__name__ for r in REASONS if issubclass(r, NotPermitted)} == {
        "NoticeIsForAnotherOffice",
        "RoleMayNot",
    }


def test_every_refusal_is_shown_by_some_test() -> None:
    used = {
        node.id
        for file in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name)
    }
    assert [reason.__name__ for reason in REASONS if reason.__name__ not in used] == []
