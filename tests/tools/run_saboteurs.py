"""Tells whether each saboteur is noticed, in a copy of the tree, by its test.

Run as ``python -m tests.tools.run_saboteurs [WORD …]``; words pick saboteurs by name.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.saboteurs import SABOTEURS
from tests.saboteurs_of_log import Saboteur

ROOT = Path(__file__).parents[2]
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".banjian", ".hypothesis", ".*_cache", "__pycache__", "mutants"
)
NOTICED = "noticed"


def run(tests: list[str], tree: Path) -> int:
    """The exit code of pytest on ``tests``, with the code of ``tree`` alone."""
    environment = os.environ | {
        "PYTHONPATH": str(tree),  # before the installed package: that is ROOT's
        "PYTHONDONTWRITEBYTECODE": "1",  # an edit within a second would not be seen
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(
        command,
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        print(done.stdout[-2000:], done.stderr[-2000:])
    return done.returncode


def verdict(saboteur: Saboteur, tree: Path) -> str:
    """``noticed``, or what is wrong."""
    file = tree / saboteur.file
    sound = file.read_text(encoding="utf-8")
    if sound.count(saboteur.old) != 1:
        return f"no longer applies: {sound.count(saboteur.old)} places in the file"
    file.write_text(sound.replace(saboteur.old, saboteur.new), encoding="utf-8")
    try:
        code = run(["-x", saboteur.test], tree)
    finally:
        file.write_text(sound, encoding="utf-8")
    match code:
        case pytest.ExitCode.TESTS_FAILED:
            return NOTICED
        case pytest.ExitCode.OK:
            return "SURVIVED"
        case _:
            return f"pytest could not run: exit code {code}"


def main(wanted: list[str]) -> None:
    chosen = [s for s in SABOTEURS if all(word in s.name for word in wanted)]
    width = max(len(saboteur.name) for saboteur in chosen)
    failures = 0
    with tempfile.TemporaryDirectory(prefix="banjian-saboteurs-") as folder:
        Path(folder).chmod(0o755)  # a server started from here runs as another user
        tree = Path(folder, "tree")
        shutil.copytree(ROOT, tree, ignore=NOT_COPIED)
        if run(sorted({saboteur.test for saboteur in chosen}), tree):
            sys.exit("the named tests are not green without any saboteur")
        for saboteur in chosen:
            found = verdict(saboteur, tree)
            failures += found != NOTICED
            print(f"{saboteur.name:{width}}  {found}  {saboteur.test}", flush=True)
    print(f"{len(chosen)} saboteurs, {failures} not noticed")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main(sys.argv[1:])
