"""What neither the type checker nor import-linter can see of the house rules."""

import ast
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import get_args, get_type_hints

import pytest

from domain.rejections import Rejection
from projections.all_views import ALL

ROOT = Path(__file__).parents[1]
ROOMS = ("domain", "projections", "api", "consumers", "infra")
GOLDEN = ROOT / "tests/golden/events"
# Participles that do not end in -ed.
IRREGULAR = {
    "Begun",
    "Given",
    "Held",
    "Made",
    "Read",
    "Sent",
    "Taken",
    "Told",
    "Withdrawn",
}
RULE = re.compile(r"(R-\d{3}|A-\d{2}|V-\d{2}|DESIGN)\Z")
CODE = re.compile(r"[a-z]+(-[a-z]+)*\Z")


@cache
def modules(room: str) -> tuple[ModuleType, ...]:
    """The room and every module in it, imported."""
    package = importlib.import_module(room)
    below = pkgutil.walk_packages(package.__path__, f"{room}.")
    return (package, *(importlib.import_module(found.name) for found in below))


def messages(kind: str) -> Iterator[type]:
    """The members of every union in ``domain`` that is named ``…Event`` or so."""
    for module in modules("domain"):
        for name, value in vars(module).items():
            is_own = module.__name__.endswith(f".{kind.lower()}s")
            if name.endswith(kind) and is_own:
                yield from get_args(value) or (value,)


def refusals(of: type[Rejection] = Rejection) -> Iterator[type[Rejection]]:
    """Every refusal of the program; those with subclasses only group others."""
    for room in ROOMS:
        modules(room)
    for refusal in of.__subclasses__():
        if refusal.__subclasses__():
            yield from refusals(refusal)
        else:
            yield refusal


def words(name: str) -> list[str]:
    return re.findall(r"[A-Z][a-z]*", name)


def test_there_is_something_to_look_at() -> None:
    assert len(list(messages("Event"))) > 20
    assert len(list(messages("Command"))) > 15
    assert len(list(refusals())) > 40


@pytest.mark.parametrize("kind", ["Event", "Command"])
def test_messages_are_frozen(kind: str) -> None:
    for message in messages(kind):
        assert vars(message)["__dataclass_params__"].frozen, message
        assert "__slots__" in vars(message), message


def test_events_are_past_participles() -> None:
    for event in messages("Event"):
        assert any(w.endswith("ed") or w in IRREGULAR for w in words(event.__name__))


def test_commands_are_imperatives() -> None:
    for command in messages("Command"):
        first = words(command.__name__)[0]
        assert not first.endswith("ed"), command
        assert first not in IRREGULAR, command


def test_every_command_brings_its_own_time() -> None:
    assert [c for c in messages("Command") if "now" not in get_type_hints(c)] == []


def test_every_event_has_a_stored_name() -> None:
    stored_names = importlib.import_module("infra.stored_names")
    assert set(messages("Event")) <= set(stored_names.NAMES)


def test_every_stored_name_has_a_golden_event() -> None:
    names = set(importlib.import_module("infra.stored_names").NAMES.values())
    assert names - {file.stem for file in GOLDEN.glob("*.json")} == set()


def test_every_refusal_says_what_and_why_and_what_next() -> None:
    for refusal in refusals():
        assert CODE.match(refusal.code), refusal
        assert RULE.match(refusal.rule), refusal
        assert refusal.title, refusal
        assert refusal.remedy, refusal


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [refusal.code for refusal in refusals()]
    assert sorted(codes) == sorted(set(codes))


def test_every_refusal_has_a_status() -> None:
    status = importlib.import_module("api.problems").STATUS
    assert {refusal.code for refusal in refusals()} - set(status) == set()


def test_only_the_settings_read_the_environment() -> None:
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            if file != ROOT / "infra/settings.py":
                tree = ast.parse(file.read_text(encoding="utf-8"))
                assert names_in(tree).isdisjoint({"environ", "environb", "getenv"})


def names_in(tree: ast.Module) -> set[str]:
    """Every attribute, name and imported name of a module."""
    nodes = list(ast.walk(tree))
    return (
        {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        | {node.id for node in nodes if isinstance(node, ast.Name)}
        | {node.name for node in nodes if isinstance(node, ast.alias)}
    )


def test_the_contract_of_the_views_names_every_view() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    named = next(c["modules"] for c in contracts if c["type"] == "independence")
    assert {f"projections.{view.NAME}" for view in ALL} <= set(named)
