"""Where a visitor may be sent, and from where a form may come."""

import pytest
from fastapi import Request

from api.pages.addresses import is_own_form, local_path

OWN = "http://board.example"


@pytest.mark.parametrize(
    "address", ["/", "/board?office=640323000000&effective_at=x", "/cases/1#a", "/a//b"]
)
def test_a_page_of_this_site_is_kept(address: str) -> None:
    assert local_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "board",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\x00/evil.example",
        "javascript:alert(1)",
    ],
)
def test_everything_else_becomes_the_home_page(address: str | None) -> None:
    assert local_path(address) == "/"


@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Origin": OWN}, True),
        ({"Origin": "https://board.example"}, True),  # TLS ends at the proxy
        ({}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OWN}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": OWN}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://board.example.evil.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_only_forms_of_this_site_are_its_own(
    headers: dict[str, str], *, is_own: bool
) -> None:
    sent = {"Host": "board.example", **headers}
    raw = [(name.lower().encode(), value.encode()) for name, value in sent.items()]
    assert is_own_form(Request({"type": "http", "headers": raw})) is is_own
