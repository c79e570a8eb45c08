"""What was not written here is named, licensed, and byte for byte as published."""

import json
from hashlib import sha256

import pytest

from api.pages.rendering import STATIC

VENDOR = STATIC / "vendor"
LISTED = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
KEYS = {"name", "version", "file", "sha256", "licence", "texts", "source"}


@pytest.mark.parametrize("part", LISTED, ids=lambda part: part["name"])
def test_a_vendored_file_is_what_it_says(part: dict[str, str]) -> None:
    assert set(part) == KEYS
    content = (VENDOR / part["file"]).read_bytes()
    assert sha256(content).hexdigest() == part["sha256"]
    assert part["version"] in part["file"]
    assert part["source"].startswith(f"npm {part['name']}@{part['version']}")


@pytest.mark.parametrize("part", LISTED, ids=lambda part: part["name"])
def test_its_licence_lies_beside_it(part: dict[str, list[str]]) -> None:
    assert part["texts"]
    for name in part["texts"]:
        assert (VENDOR / name).stat().st_size > 0


def test_nothing_lies_there_unlisted() -> None:
    listed = {name for part in LISTED for name in (part["file"], *part["texts"])}
    assert {path.name for path in VENDOR.iterdir()} == listed | {"vendor.json"}
