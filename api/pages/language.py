"""The language of a page: Chinese as written in the code, English from a catalogue.

Chinese is the msgid and the default whatever the browser prefers; a visitor who
switches keeps the choice in a cookie. What is data (names of offices, items and
officers) is not translated.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from fastapi import Request

COOKIE = "language"
CHINESE, ENGLISH = "zh-CN", "en"
LANGUAGES = {CHINESE: "中文", ENGLISH: "English"}
CATALOGUES = Path(__file__).with_name("languages")
NUMBER = re.compile(r"\d+")
_current: ContextVar[str] = ContextVar("language", default=CHINESE)


def N_(text: str) -> str:  # noqa: N802  the mark that gettext's tools look for
    """Mark a constant for the catalogue; it is looked up where it is shown."""
    return text


def _(text: str) -> str:
    """``text`` in the language of the page; Chinese where the catalogue is silent."""
    if _current.get() == CHINESE:
        return text
    return catalogue(_current.get()).get(text) or text


def in_figures(text: str) -> str:
    """A sentence that another room has put together, its numbers kept in order.

    The catalogue holds it with ``{}`` for each number, as ``余 {} 个工作日``.
    """
    if _current.get() == CHINESE:
        return text
    found = catalogue(_current.get()).get(NUMBER.sub("{}", text))
    return found.format(*NUMBER.findall(text)) if found else _(text)


def current() -> str:
    return _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything inside speaks ``language``; an unknown one is Chinese."""
    token = _current.set(language if language in LANGUAGES else CHINESE)
    try:
        yield
    finally:
        _current.reset(token)


def language_of(request: Request) -> str:
    return request.cookies.get(COOKIE, CHINESE)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Msgids and what they are in ``language``."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        entries = read_po(file, locale=language)
    return {str(e.id): str(e.string) for e in entries if e.id and e.string}
