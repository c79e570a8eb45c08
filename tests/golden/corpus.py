"""Reading the golden corpus, and adding the files it lacks.

``python -m tests.golden.corpus`` writes a file for every stored name that has none.
It never touches one that is there: what was released stays readable for ever, and
``SHA256SUMS`` tells on whoever edits it.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from infra.event_codec import encode
from infra.stored_names import NAMES
from tests.golden.examples import EXAMPLES, meta_of
from tests.golden.sealing import STREAM, VERSION, golden_seals

FOLDER = Path(__file__).with_name("events")
SUMS = Path(__file__).with_name("SHA256SUMS")


def files() -> list[Path]:
    return sorted(FOLDER.glob("*.json"))


def read(file: Path) -> tuple[str, bytes]:
    """Stored name and state, as the log would hand them to the codec."""
    golden: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return golden["topic"], json.dumps(golden["state"], ensure_ascii=False).encode()


def pretty(topic: str, state: bytes) -> str:
    """Text of a golden file: the same for the same event, on every machine."""
    golden = {"topic": topic, "state": json.loads(state)}
    return json.dumps(golden, ensure_ascii=False, indent=2) + "\n"


def sums() -> dict[str, str]:
    """The digest of each file by its name, as it was when the file was added."""
    lines = SUMS.read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def digest_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def add_missing(folder: Path = FOLDER) -> list[str]:
    """Names of the files written."""
    added = []
    for event_type, name in NAMES.items():
        file = folder / f"{name}.json"
        if not file.exists():
            event: Any = EXAMPLES[event_type]
            closed = golden_seals().sealed(STREAM, VERSION, event)
            text = pretty(*encode(closed, meta_of(event)))
            with file.open("x", encoding="utf-8") as new:
                new.write(text)
            added.append(file.name)
    return added


def note_sums() -> None:
    """Add the lines of new files; those that are there stay as they are."""
    known = sums() if SUMS.exists() else {}
    new = {file.name: digest_of(file) for file in files() if file.name not in known}
    with SUMS.open("a", encoding="ascii") as lines:
        lines.writelines(f"{digest}  {name}\n" for name, digest in new.items())


if __name__ == "__main__":
    sys.stdout.writelines(f"added {name}\n" for name in add_missing())
    note_sums()
