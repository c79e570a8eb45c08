"""Which rules the events and refusals of the domain rest on, read from its code."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import domain
from domain.rejections import Rejection
from infra.stored_names import NAMES

Place = tuple[Path, str]
DOMAIN = Path(__file__).parents[2] / "domain"
RULE = re.compile(r"\b(?:R-\d{3}|[AV]-\d{2})\b")


def rules_in(text: str) -> set[str]:
    """The rules that a text names; ``R-151…R-153`` names its two ends."""
    return set(RULE.findall(text))


def rules_of_refusals() -> Iterator[tuple[str, str]]:
    """Pairs of rule and code."""
    for refusal in _refusals().values():
        for rule in rules_in(refusal.rule):
            yield rule, refusal.code


def rules_of_events() -> Iterator[tuple[str, str]]:
    """Pairs of rule and event: by its docstring, or by the function that makes it."""
    for event in NAMES:
        for rule in rules_in(inspect.getsource(event)):
            yield rule, event.__name__
    events = {event.__name__ for event in NAMES}
    for function in _functions():
        for event_name in _calls(function) & events:
            for rule in _rules_behind(function, frozenset()):
                yield rule, event_name


def _rules_behind(function: Place, seen: frozenset[Place]) -> set[str]:
    """What a function and those that it calls name, themselves or by a refusal."""
    if function in seen:
        return set()
    rules = rules_in(_functions()[function][0])
    for called in _calls(function):
        if called in _refusals():
            rules |= rules_in(_refusals()[called].rule)
        for behind in _meant(called, function[0]):
            rules |= _rules_behind(behind, seen | {function})
    return rules


def _meant(name: str, module: Path) -> list[Place]:
    """The function of that name here, or else the only one elsewhere."""
    if (module, name) in _functions():
        return [(module, name)]
    elsewhere = [place for place in _functions() if place[1] == name]
    return elsewhere if len(elsewhere) == 1 else []


@cache
def _functions() -> dict[Place, tuple[str, ast.FunctionDef]]:
    """Text and tree of each function of the domain."""
    return {
        (file, node.name): (ast.get_source_segment(text, node) or "", node)
        for file in sorted(DOMAIN.rglob("*.py"))
        for text in [file.read_text(encoding="utf-8")]
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def _calls(function: Place) -> frozenset[str]:
    """Every name that a function calls or raises."""
    nodes = list(ast.walk(_functions()[function][1]))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    called += [node.exc for node in nodes if isinstance(node, ast.Raise) and node.exc]
    return frozenset(
        [name.id for name in called if isinstance(name, ast.Name)]
        + [name.attr for name in called if isinstance(name, ast.Attribute)]
    )


@cache
def _refusals() -> dict[str, type[Rejection]]:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    found: dict[str, type[Rejection]] = {}
    waiting = [Rejection]
    while waiting:
        refusal = waiting.pop()
        waiting.extend(refusal.__subclasses__())
        if "rule" in vars(refusal):
            found[refusal.__name__] = refusal
    return found
