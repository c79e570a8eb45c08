"""Changes the domain everywhere and lists what no test noticed: ``make mutants``.

Survivors must be few, and each must be explained by a row of docs/mutants.md.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
MUTANTS = ROOT / "mutants"
REASONS = ROOT / "docs/mutants.md"
PERCENT = 10
SURVIVED, UNTESTED = 0, 33  # exit codes that mutmut stores
ROW = re.compile(r"(?m)^\| `([^`]+)` \| `([^`]+)` \| (.+) \|$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivor:
    """A mutant that no test noticed: in which function, what became what."""

    function: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A row of the page: ``*`` stands for anything."""

    function: re.Pattern[str]
    change: re.Pattern[str]

    def explains(self, survivor: Survivor) -> bool:
        return bool(
            self.function.fullmatch(survivor.function)
            and self.change.fullmatch(survivor.change)
        )


def outcomes() -> Iterator[tuple[Path, str, int | None]]:
    """File, name and exit code of every mutant of the last run."""
    for meta in sorted(MUTANTS.glob("domain/**/*.py.meta")):
        file = meta.relative_to(MUTANTS).with_suffix("")
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        for name, code in codes.items():
            yield file, name, code


def survivor(file: Path, name: str) -> Survivor:
    # Here, because mutmut reads its settings from the current folder at once.
    from mutmut.mutation.diff_apply import get_diff_for_mutant  # noqa: PLC0415

    lines = get_diff_for_mutant(name, path=file).splitlines()
    changed = [line for line in lines if line[:3] not in ("---", "+++")]
    old, new = (
        " ".join(line[1:].strip() for line in changed if line.startswith(sign))
        for sign in "-+"
    )
    function = re.sub(r"\.x_|\.xǁ", ".", name.rpartition("__mutmut_")[0])
    return Survivor(function=function.replace("ǁ", "."), change=f"{old} → {new}")


def reasons() -> list[Reason]:
    text = REASONS.read_text(encoding="utf-8") if REASONS.exists() else ""
    return [
        Reason(function=_pattern(function), change=_pattern(change))
        for function, change, _ in ROW.findall(text)
    ]


def _pattern(stars: str) -> re.Pattern[str]:
    plain = stars.replace("\\|", "|")
    return re.compile(".*".join(re.escape(part) for part in plain.split("*")))


def mutate() -> None:
    """Run mutmut; what it says goes to a file, it draws a spinner for terminals."""
    MUTANTS.mkdir(exist_ok=True)
    print("changing the domain, some 15 minutes the first time …", flush=True)
    with (MUTANTS / "run.log").open("w", encoding="utf-8") as log:
        command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2"]
        done = subprocess.run(
            command, cwd=ROOT, stdout=log, stderr=log, check=False, encoding="utf-8"
        )
    if done.returncode:
        log_text = (MUTANTS / "run.log").read_text(encoding="utf-8")
        sys.exit(f"mutmut failed:\n{log_text[-3000:]}")


def main() -> None:
    mutate()
    found = list(outcomes())
    alive = [
        survivor(file, name)
        for file, name, code in found
        if code in (SURVIVED, UNTESTED)
    ]
    known = reasons()
    bare = [one for one in alive if not any(r.explains(one) for r in known)]
    for one in bare:
        print(f"| `{one.function}` | `{one.change}` | ? |")
    share = 100 * len(alive) / max(len(found), 1)
    print(
        f"{len(found)} mutants, {len(alive)} survived ({share:.1f} %, at most"
        f" {PERCENT} %), {len(bare)} of them not explained in docs/{REASONS.name}"
    )
    sys.exit(bool(bare) or share > PERCENT or not found)


if __name__ == "__main__":
    main()
