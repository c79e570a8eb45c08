"""Settings: one class, from the environment, and nothing else reads that."""

import ast
from pathlib import Path

import pytest
from pydantic import ValidationError

from infra.settings import Settings

ROOMS = ("domain", "infra", "projections", "api", "consumers")
ROOT = Path(__file__).parents[2]


def test_without_a_word_it_works_in_the_folder_it_stands_in() -> None:
    settings = Settings()
    assert settings.home == Path(".banjian")
    assert settings.database_url is None
    assert settings.durable


def test_the_environment_is_read_under_one_prefix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BANJIAN_POOL_SIZE", "7")
    monkeypatch.setenv("BANJIAN_DATABASE_URL", "postgresql://example/county")
    monkeypatch.setenv("POOL_SIZE", "9")
    settings = Settings()
    assert settings.pool_size == 7
    assert settings.database_url == "postgresql://example/county"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BANJIAN_POOL_SIZE", "0"),
        ("BANJIAN_PORT", "70000"),
        ("BANJIAN_LOG_FORMAT", "xml"),
        ("BANJIAN_LOG_LEVEL", "LOUD"),
        ("BANJIAN_TOKEN_HOURS", "0"),
    ],
)
def test_a_value_out_of_range_stops_the_start(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.removeprefix("BANJIAN_").lower()):
        Settings()


def test_settings_do_not_change_while_it_runs() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1


def test_every_setting_says_what_it_is_for() -> None:
    fields = Settings.model_fields
    assert [name for name, field in fields.items() if not field.description] == []


def test_nothing_else_reads_the_environment() -> None:
    readers = {
        file.relative_to(ROOT).as_posix()
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert readers <= {"infra/settings.py"}
