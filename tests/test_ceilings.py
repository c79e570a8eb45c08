"""No file and no function grows beyond what one reads at a sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("domain", "projections", "api", "consumers", "infra", "tests", "benchmarks")
FILES = sorted(f for room in ROOMS for f in (ROOT / room).rglob("*.py"))
LINES_OF_A_FILE = 250
LINES_OF_A_FUNCTION = 30
BY_NAME = [pytest.param(file, id=str(file.relative_to(ROOT))) for file in FILES]


def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Each function and its lines, from ``def`` to its last, without decorators."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("file", BY_NAME)
def test_a_file_is_not_long(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LINES_OF_A_FILE


@pytest.mark.parametrize("file", BY_NAME)
def test_no_function_is_long(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    long = {n: lines for n, lines in functions(tree) if lines > LINES_OF_A_FUNCTION}
    assert long == {}
