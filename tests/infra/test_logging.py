"""Log lines: for people or machines, with their context, never personal (R-807)."""

import json
from collections.abc import Iterator
from typing import Any, Literal

import pytest
import structlog

from domain.personal import Personal
from infra.logging import PersonalDataInLog, configure
from tests.golden.examples import EXAMPLES
from tests.rules import rule

Captured = pytest.CaptureFixture[str]
STYLES: tuple[Literal["console", "json"], ...] = ("console", "json")
NAME = "张三丰"


@pytest.fixture(autouse=True)
def afterwards_as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def line(captured: Captured) -> dict[str, Any]:
    output = captured.readouterr()
    assert output.out == ""
    parsed: dict[str, Any] = json.loads(output.err)
    return parsed


def test_machines_get_one_json_line_with_actor_and_correlation(
    capsys: Captured,
) -> None:
    configure("json", "INFO")
    with structlog.contextvars.bound_contextvars(actor="clerk", correlation_id="c-1"):
        structlog.get_logger().info("case_opened", case="办件1")
    written = line(capsys)
    assert written.pop("timestamp").endswith("Z")
    assert written == {
        "event": "case_opened",
        "level": "info",
        "actor": "clerk",
        "correlation_id": "c-1",
        "case": "办件1",
    }


def test_people_get_a_readable_line(capsys: Captured) -> None:
    configure("console", "INFO")
    structlog.get_logger().warning("view_stopped", position=7)
    written = capsys.readouterr().err
    assert "view_stopped" in written
    assert "position=7" in written


def test_less_than_the_level_is_not_written(capsys: Captured) -> None:
    configure("json", "WARNING")
    structlog.get_logger().info("quiet")
    assert capsys.readouterr().err == ""


@rule("R-807")
@pytest.mark.parametrize("style", STYLES)
def test_a_line_with_a_personal_field_is_stopped(
    style: Literal["console", "json"], capsys: Captured
) -> None:
    configure(style, "INFO")
    with pytest.raises(PersonalDataInLog, match="party_registered"):
        structlog.get_logger().info("party_registered", name=Personal(NAME))
    assert capsys.readouterr().err == ""


@rule("R-807")
@pytest.mark.parametrize("style", STYLES)
def test_deeper_in_an_event_it_is_not_readable(
    style: Literal["console", "json"], capsys: Captured
) -> None:
    configure(style, "INFO")
    structlog.get_logger().info("events", all=list(EXAMPLES.values()))
    written = capsys.readouterr().err
    assert "PartyRegistered" in written
    assert NAME not in written


@rule("R-807")
@pytest.mark.parametrize("style", STYLES)
def test_an_exception_is_written_without_the_values_around_it(
    style: Literal["console", "json"], capsys: Captured
) -> None:
    configure(style, "INFO")
    try:
        int(Personal(NAME))  # type: ignore[call-overload]
    except TypeError:
        structlog.get_logger().exception("failed")
    written = capsys.readouterr().err
    assert "TypeError" in written
    assert NAME not in written
