"""Migrations: numbered, forward only, once, by one process at a time."""

import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from infra.migrate import (
    FOLDER,
    AppliedMigrationWasEdited,
    DatabaseIsAhead,
    MigrationsHaveAGap,
    migrate,
    read_migrations,
)
from infra.postgres import PrivateServer

ROOT = Path(__file__).parents[2]
MIGRATE = "import sys; from infra.migrate import migrate; migrate(sys.argv[1])"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two migrations: the real first one and another."""
    shutil.copy(FOLDER / "0001_roles.sql", tmp_path)
    (tmp_path / "0002_thing.sql").write_text("CREATE TABLE log.thing (id int);\n")
    return tmp_path


def test_all_files_are_applied_once(empty_database_url: str) -> None:
    names = [migration.name for migration in read_migrations()]
    assert migrate(empty_database_url) == names
    assert migrate(empty_database_url) == []


def test_what_was_applied_is_recorded(empty_database_url: str, folder: Path) -> None:
    migrate(empty_database_url, folder)
    with psycopg.connect(empty_database_url) as connection:
        rows = connection.execute(
            "SELECT number, name, sha256 FROM migrations.applied ORDER BY number"
        ).fetchall()
    assert rows == [(m.number, m.name, m.sha256) for m in read_migrations(folder)]


def test_a_later_file_is_applied_alone(empty_database_url: str, folder: Path) -> None:
    migrate(empty_database_url, folder)
    (folder / "0003_more.sql").write_text("CREATE TABLE log.more (id int);")
    assert migrate(empty_database_url, folder) == ["0003_more"]


def start_migrating(conninfo: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", MIGRATE, conninfo], cwd=ROOT)


def test_six_processes_at_once_all_succeed(empty_database_url: str) -> None:
    racers = [start_migrating(empty_database_url) for _ in range(6)]
    assert [racer.wait(60) for racer in racers] == [0] * 6


def test_databases_of_a_new_server_migrated_at_once(server_home: Path) -> None:
    """The roles are the whole server's: four databases race to make them."""
    with PrivateServer(server_home, durable=False) as server:
        with psycopg.connect(server.administration, autocommit=True) as connection:
            for number in range(4):
                connection.execute(f"CREATE DATABASE county_{number}")
        racers = [
            start_migrating(make_conninfo(server.conninfo, dbname=f"county_{number}"))
            for number in range(4)
        ]
        assert [racer.wait(60) for racer in racers] == [0] * 4


def test_a_missing_number_is_refused(folder: Path) -> None:
    (folder / "0004_late.sql").write_text("SELECT 1")
    with pytest.raises(MigrationsHaveAGap, match="next free number"):
        read_migrations(folder)


def test_a_doubled_number_is_refused(folder: Path) -> None:
    (folder / "0002_twin.sql").write_text("SELECT 1")
    with pytest.raises(MigrationsHaveAGap, match=r"\[1, 2, 2\]"):
        read_migrations(folder)


def test_a_misnamed_file_is_refused(folder: Path) -> None:
    (folder / "3-thing.sql").write_text("SELECT 1")
    with pytest.raises(MigrationsHaveAGap, match="3-thing"):
        read_migrations(folder)


def test_an_edited_file_is_refused(empty_database_url: str, folder: Path) -> None:
    migrate(empty_database_url, folder)
    (folder / "0002_thing.sql").write_text("CREATE TABLE log.thing (id bigint);\n")
    with pytest.raises(AppliedMigrationWasEdited, match="new migration"):
        migrate(empty_database_url, folder)


def test_a_renamed_file_is_refused(empty_database_url: str, folder: Path) -> None:
    migrate(empty_database_url, folder)
    (folder / "0002_thing.sql").rename(folder / "0002_other.sql")
    with pytest.raises(AppliedMigrationWasEdited, match="0002_thing"):
        migrate(empty_database_url, folder)


def test_a_database_ahead_is_refused(empty_database_url: str, folder: Path) -> None:
    migrate(empty_database_url, folder)
    (folder / "0002_thing.sql").unlink()
    with pytest.raises(DatabaseIsAhead, match="0002_thing"):
        migrate(empty_database_url, folder)


def test_a_failing_file_leaves_nothing(empty_database_url: str, folder: Path) -> None:
    (folder / "0003_bad.sql").write_text("CREATE TABLE log.half (id int); SELECT 1/0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty_database_url, folder)
    with psycopg.connect(empty_database_url) as connection:
        left = connection.execute("SELECT to_regclass('log.half')").fetchone()
        last = connection.execute("SELECT max(number) FROM migrations.applied")
        assert (left, last.fetchone()) == ((None,), (2,))


def test_the_owner_owns_what_is_made(empty_database_url: str, folder: Path) -> None:
    migrate(empty_database_url, folder)
    with psycopg.connect(empty_database_url) as connection:
        owners = connection.execute(
            "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class"
            " WHERE relnamespace::regnamespace::text IN ('log', 'views', 'migrations')"
        ).fetchall()
    assert owners == [("banjian_owner",)]


def test_a_migration_may_not_do_what_the_owner_may_not(
    empty_database_url: str, folder: Path
) -> None:
    (folder / "0003_bold.sql").write_text("CREATE ROLE bold")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        migrate(empty_database_url, folder)
