"""Pools play one restricted role each."""

import threading

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from infra.database import Database, DatabaseIsClosed, Role

OURS = "SELECT current_user::text AS role, current_setting('application_name') AS name"


@pytest.mark.parametrize("role", Role)
def test_a_connection_plays_its_role(database: Database, role: Role) -> None:
    with database.transaction(role) as cursor:
        row = cursor.execute(OURS).fetchone()
    assert row == {"role": role, "name": f"banjian {role.removeprefix('banjian_')}"}


def test_resetting_the_role_does_not_lift_it(database: Database) -> None:
    with database.transaction(Role.READER) as cursor:
        cursor.execute("RESET ROLE")
        row = cursor.execute("SELECT current_user::text AS role").fetchone()
    assert row == {"role": "banjian_reader"}


@pytest.mark.parametrize("role", Role)
def test_no_role_makes_tables_in_the_log(database: Database, role: Role) -> None:
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        database.transaction(role) as cursor,
    ):
        cursor.execute("CREATE TABLE log.thing (id int)")


@pytest.mark.parametrize("role", Role)
def test_every_role_may_ask_what_was_migrated(database: Database, role: Role) -> None:
    with database.transaction(role) as cursor:
        row = cursor.execute("SELECT min(number) AS n FROM migrations.applied")
        assert row.fetchone() == {"n": 1}


def test_a_function_is_open_to_no_role_unless_granted(
    database: Database, database_url: str
) -> None:
    with psycopg.connect(database_url) as owner:
        owner.execute("SET ROLE banjian_owner")
        owner.execute("CREATE FUNCTION log.f() RETURNS int LANGUAGE sql RETURN 1")
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        database.transaction(Role.WRITER) as cursor,
    ):
        cursor.execute("SELECT log.f()")


def test_a_transaction_is_undone_on_an_error(
    database: Database, database_url: str
) -> None:
    with psycopg.connect(database_url) as owner:
        owner.execute("CREATE TABLE log.thing (id int)")
        owner.execute("GRANT SELECT, INSERT ON log.thing TO banjian_writer")
    with (
        pytest.raises(psycopg.errors.DivisionByZero),
        database.transaction(Role.WRITER) as cursor,
    ):
        cursor.executemany("INSERT INTO log.thing VALUES (1 / %s)", [(1,), (0,)])
    with database.transaction(Role.WRITER) as cursor:
        assert cursor.execute("SELECT FROM log.thing").fetchall() == []


def test_options_of_the_caller_stay(database_url: str) -> None:
    url = make_conninfo(database_url, options="-c work_mem=3MB -c timezone=Asia/Tokyo")
    with Database(url) as database, database.transaction(Role.READER) as cursor:
        cursor.execute(
            "SELECT current_setting('work_mem') AS work_mem,"
            " current_setting('timezone') AS timezone,"
            " current_setting('lock_timeout') AS lock_timeout"
        )
        row = cursor.fetchone()
    assert row == {"work_mem": "3MB", "timezone": "UTC", "lock_timeout": "10s"}


def test_threads_that_come_first_share_one_pool(database: Database) -> None:
    pools = set()
    threads = [
        threading.Thread(target=lambda: pools.add(database.pool(Role.READER)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pools) == 1


def test_a_broken_connection_is_replaced(database: Database, database_url: str) -> None:
    with database.transaction(Role.READER) as cursor:
        cursor.execute("SELECT pg_backend_pid() AS pid")
        broken = cursor.fetchone()
    assert broken is not None
    with psycopg.connect(database_url, autocommit=True) as administrator:
        administrator.execute("SELECT pg_terminate_backend(%s, 1000)", (broken["pid"],))
    with database.transaction(Role.READER) as cursor:
        assert cursor.execute("SELECT pg_backend_pid() AS pid").fetchone() != broken


def test_nothing_is_given_after_closing(database: Database) -> None:
    database.pool(Role.READER)
    database.close()
    with pytest.raises(DatabaseIsClosed):
        database.pool(Role.READER)
