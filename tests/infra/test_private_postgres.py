"""A private PostgreSQL: shared, ended by its last holder, safe from kill -9."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from infra.postgres import PrivateServer, ServerDidNotStart, is_running
from infra.postgres.places import Places
from infra.postgres.supervisor import POLL_SECONDS
from tests.servers import (
    ROOT,
    Holder,
    is_alive,
    own_home,
    postmaster,
    supervisor,
    wait_until,
)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A home whose data are made once, for tests that start from there."""
    with own_home() as home:
        PrivateServer(home, durable=False).release()
        yield home


@pytest.fixture(autouse=True)
def all_ended(made: Path) -> Iterator[None]:
    """Each test finds no server running and leaves none."""
    wait_until(lambda: not is_running(made))
    yield
    wait_until(lambda: not is_running(made))


def asked(conninfo: str, query: str) -> object:
    with psycopg.connect(conninfo) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row and row[0]


def is_reachable(conninfo: str, *, but_not: int) -> bool:
    """Whether another process than ``but_not`` serves ``conninfo``."""
    try:
        return is_alive(but_not) is False and asked(conninfo, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def test_the_server_is_durable_and_without_tcp(made: Path) -> None:
    names = ("listen_addresses", "fsync", "data_checksums", "max_connections")
    with PrivateServer(made) as server:
        assert asked(server.conninfo, "SELECT current_database()") == "banjian"
        found = [asked(server.conninfo, f"SHOW {name}") for name in names]
    assert found == ["", "on", "on", "200"]


def test_data_survive(made: Path) -> None:
    with (
        PrivateServer(made, durable=False) as server,
        psycopg.connect(server.conninfo) as connection,
    ):
        connection.execute("CREATE TABLE survivor AS SELECT 42 AS answer")
    wait_until(lambda: not is_running(made))
    with PrivateServer(made, durable=False) as server:
        assert asked(server.conninfo, "SELECT answer FROM survivor") == 42


def test_a_dropped_database_is_made_again(made: Path) -> None:
    with PrivateServer(made, durable=False) as first:
        with psycopg.connect(first.administration, autocommit=True) as connection:
            connection.execute("DROP DATABASE banjian")
        with PrivateServer(made, durable=False) as second:
            assert asked(second.conninfo, "SELECT 1") == 1


def test_processes_that_start_at_once_share_one_server(server_home: Path) -> None:
    with ExitStack() as stack:
        holders = [stack.enter_context(Holder(server_home)) for _ in range(4)]
        conninfos = {holder.conninfo() for holder in holders}
        assert len(conninfos) == 1
        assert asked(conninfos.pop(), "SELECT 1") == 1


def test_the_server_ends_with_its_only_holder_killed(made: Path) -> None:
    with Holder(made) as holder:
        holder.conninfo()
        server = postmaster(made)
    wait_until(lambda: not is_alive(server))
    wait_until(lambda: not is_running(made))


def test_the_server_goes_on_for_a_second_holder(made: Path) -> None:
    with Holder(made) as first, Holder(made) as second:
        first.conninfo()
        conninfo, server = second.conninfo(), postmaster(made)
        first.kill()
        time.sleep(3 * POLL_SECONDS)
        assert asked(conninfo, "SELECT 1") == 1
        assert postmaster(made) == server


def test_postgres_ends_with_a_killed_supervisor(made: Path) -> None:
    with PrivateServer(made, durable=False):
        server = postmaster(made)
        os.kill(supervisor(made), signal.SIGKILL)
        wait_until(lambda: not is_alive(server))
        with PrivateServer(made, durable=False) as again:
            assert asked(again.conninfo, "SELECT 1") == 1


def test_a_start_right_after_the_kill_waits_for_the_old_server(made: Path) -> None:
    with PrivateServer(made, durable=False):
        os.kill(supervisor(made), signal.SIGKILL)
        with PrivateServer(made, durable=False) as again:
            assert asked(again.conninfo, "SELECT 1") == 1


def test_a_killed_postgres_is_started_again_for_its_holders(made: Path) -> None:
    with PrivateServer(made, durable=False) as server:
        killed = postmaster(made)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: is_reachable(server.conninfo, but_not=killed))


def test_a_half_made_data_directory_is_never_used(server_home: Path) -> None:
    folder = server_home / "pg"
    with Holder(server_home) as holder:
        wait_until(lambda: any(folder.glob("data.draft-*/base")))
        os.kill(int(next(folder.glob("data.draft-*")).name.split("-")[1]), 9)
        assert not (folder / "data").exists()
        assert holder.conninfo() == ""
    with PrivateServer(server_home, durable=False) as server:
        assert asked(server.conninfo, "SELECT 1") == 1
    assert not list(folder.glob("data.draft-*"))


def test_a_stale_number_of_another_program_does_not_stop_it(made: Path) -> None:
    data = Places.under(made).data
    with subprocess.Popen(["sleep", "60"], user=data.stat().st_uid) as other:
        lines = f"{other.pid}\n{data}\n0\n5432\n\n\n\nready\n"
        (data / "postmaster.pid").write_text(lines)
        with PrivateServer(made, durable=False) as server:
            assert asked(server.conninfo, "SELECT 1") == 1
        other.kill()


def test_the_supervisor_ends_the_server_when_it_is_told_to_end(made: Path) -> None:
    with PrivateServer(made, durable=False):
        server = postmaster(made)
        os.kill(supervisor(made), signal.SIGTERM)
        wait_until(lambda: not is_running(made))
        assert not is_alive(server)


def test_a_durable_caller_does_not_get_a_volatile_server(made: Path) -> None:
    with (
        PrivateServer(made, durable=False),
        pytest.raises(ServerDidNotStart, match="without fsync"),
    ):
        PrivateServer(made)


def test_a_server_that_cannot_start_says_why(made: Path) -> None:
    settings = Places.under(made).data / "postgresql.auto.conf"
    settings.write_text("shared_buffers = 'no such amount'\n")
    try:
        with pytest.raises(ServerDidNotStart, match=r"postgres\.log"):
            PrivateServer(made, durable=False)
    finally:
        settings.write_text("")


def test_without_programs_it_says_what_to_install(
    server_home: Path, tmp_path: Path
) -> None:
    with pytest.raises(ServerDidNotStart, match="BANJIAN_PG_BINDIR"):
        PrivateServer(server_home, bindir=tmp_path)


def test_a_long_path_gets_a_short_socket(server_home: Path) -> None:
    home = server_home / ("long" * 30)
    with PrivateServer(home, durable=False) as server:
        assert asked(server.conninfo, "SELECT 1") == 1
        socket = Path(str(conninfo_to_dict(server.conninfo)["host"]))
    wait_until(lambda: not is_running(home))
    assert not socket.exists()


def test_the_supervisor_is_small() -> None:
    code = "import sys, infra.postgres.supervisor; print('psycopg' in sys.modules)"
    told = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    assert told == "False\n"
