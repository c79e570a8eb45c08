"""No file says where packages came from or on whose machine it was written."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Put together here, so that this file is not its own finding.
REGISTRIES = [
    ".".join(host)
    for host in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("crates", "io"),
        ("deb", "debian", "org"),
        ("debian", "net"),
    )
]
MADE = {"build", "mutants", "banjian.egg-info", "__pycache__", "node_modules"}
OPTIONS = ("--index-url", "--extra-index-url", "--find-links", "--trusted-host")
SOMEONES_PATH = re.compile(r"(?<![\w.}])/(?:home|Users|root|work)/[\w.]")


def written(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of ours; folders that tools make are left out."""
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name != ".ci"
        if path.is_dir() and not hidden and path.name not in MADE:
            yield from written(path)
        elif path.is_file():
            yield path


TEXTS = {
    str(file.relative_to(ROOT)): file.read_text(encoding="utf-8", errors="replace")
    for file in written()
}


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_the_host_of_a_registry(host: str) -> None:
    assert [name for name, text in TEXTS.items() if host in text] == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = {n: m[0] for n, text in TEXTS.items() if (m := SOMEONES_PATH.search(text))}
    assert found == {}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_by_hash_and_names_no_source(lock: str) -> None:
    options = [line for line in TEXTS[lock].splitlines() if line.startswith(OPTIONS)]
    assert options == []
    pins = re.findall(r"(?m)^[\w.-]+==", TEXTS[lock])
    hashed = re.findall(r"(?m)^[\w.-]+==.*\n(?: +--hash=sha256:.*\n)+", TEXTS[lock])
    assert len(pins) == len(hashed) > 30
