"""Reading the golden corpus, and adding the files it lacks.

``python -m tests.golden.corpus`` writes a file for every stored name that has none.
It never touches one that is there: what was released stays readable for ever.
"""

import json
import sys
from pathlib import Path
from typing import Any

from infra.event_codec import encode
from infra.stored_names import NAMES
from tests.golden.examples import EXAMPLES, meta_of

FOLDER = Path(__file__).with_name("events")


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


def add_missing(folder: Path = FOLDER) -> list[str]:
    """Names of the files written."""
    added = []
    for event_type, name in NAMES.items():
        file = folder / f"{name}.json"
        if not file.exists():
            event = EXAMPLES[event_type]
            text = pretty(*encode(event, meta_of(event)))
            with file.open("x", encoding="utf-8") as new:
                new.write(text)
            added.append(file.name)
    return added


if __name__ == "__main__":
    sys.stdout.writelines(f"added {name}\n" for name in add_missing())
