"""structlog: console for people, JSON for machines; never personal data."""

import logging
import sys
from typing import Literal

import structlog

from domain.personal import Personal

Processor = structlog.typing.Processor


class PersonalDataInLog(TypeError):
    """A log line was about to carry a personal field; the caller is wrong."""


def refuse_personal(
    _: object, __: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Stop a line that carries a ``Personal`` value (R-807)."""
    if any(isinstance(value, Personal) for value in event.values()):
        raise PersonalDataInLog(event["event"])
    return event


def configure(style: Literal["console", "json"], level: str) -> None:
    """Write to standard error; correlation id and actor come from context."""
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            refuse_personal,
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
