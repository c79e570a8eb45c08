"""What the database itself guarantees of the log, whoever is connected."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import (
    InsufficientPrivilege,
    ObjectNotInPrerequisiteState,
    RestrictViolation,
)
from psycopg.sql import SQL, Composed, Identifier

from infra.initialise import begin
from tests.rules import rule

ROLES = ["owner", "writer", "projector", "reader", "inspector"]
EVENT = "originator_id, originator_version, topic, state"
VALUES = "'00000000-0000-0000-0000-000000000001', 1, 'office.renamed.v1', '{}'"
INSERT = f"INSERT INTO log.events ({EVENT}) VALUES ({VALUES})"  # noqa: S608
CHANGES = (
    "UPDATE log.events SET topic = 'x'",
    "UPDATE log.events SET recorded_at = now()",
    "DELETE FROM log.events",
    "TRUNCATE log.events",
    "TRUNCATE log.events, log.commands",
    INSERT
    + " ON CONFLICT (originator_id, originator_version) DO UPDATE SET topic = 'x'",
    "UPDATE log.commands SET outcome = '{}'",
    "DELETE FROM log.commands",
    "TRUNCATE log.commands",
    "UPDATE log.event_names SET name = 'x'",
    "DELETE FROM log.event_names",
    "TRUNCATE log.event_names",
)
WAYS_AROUND = (
    "UPDATE log.counter SET last = 0",
    "UPDATE log.clock SET instant = now()",
    "INSERT INTO log.clock (simulated) VALUES (false)",
    "SELECT log.number_event()",
    "SELECT log.note_names()",
    "INSERT INTO log.event_names VALUES ('case.teleported.v1')",
    "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "DROP TABLE log.commands",
    "CREATE TABLE log.mine (n int)",
)
Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def log(database_url: str) -> Iterator[Connection]:
    """A superuser's connection to an ordinary log."""
    begin(database_url, simulated=False)
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def play(role: str) -> Composed:
    return SQL("SET ROLE {}").format(Identifier(f"banjian_{role}"))


def insert(log: Connection, versions: range) -> None:
    for version in versions:
        log.execute(
            f"INSERT INTO log.events ({EVENT}) VALUES (%s, %s, 'a.b.v1', '{{}}')",  # noqa: S608
            (UUID(int=1), version),
        )


@rule("R-822")
def test_nothing_is_changed_or_removed_by_any_role(log: Connection) -> None:
    for role, change in product(ROLES, CHANGES):
        log.execute(play(role))
        expected = RestrictViolation if role == "owner" else InsufficientPrivilege
        with pytest.raises(expected):
            log.execute(change.encode())


@rule("R-822", "R-823")
def test_nor_by_a_superuser_who_plays_a_replica(log: Connection) -> None:
    for mode, change in product(("origin", "replica"), CHANGES):
        log.execute(f"SET session_replication_role = {mode}".encode())
        with pytest.raises(RestrictViolation, match="append-only"):
            log.execute(change.encode())


def test_position_time_and_author_are_the_databases_to_give(log: Connection) -> None:
    given = f"{VALUES}, 99, '2000-01-01Z', '3'::xid8, 'somebody'"
    all_columns = f"{EVENT}, notification_id, recorded_at, xid, db_user"
    for column in all_columns.removeprefix(EVENT + ", ").split(", "):
        log.execute(play("writer"))
        with pytest.raises(InsufficientPrivilege):
            log.execute(
                f"INSERT INTO log.events ({EVENT}, {column})"  # noqa: S608
                f" VALUES ({VALUES}, DEFAULT)".encode()
            )
    log.execute(play("owner"))
    row = log.execute(
        f"INSERT INTO log.events ({all_columns}) VALUES ({given})"  # noqa: S608
        " RETURNING notification_id, xid::text, db_user, recorded_at".encode()
    ).fetchone()
    assert row is not None
    assert (row[0], row[1] != "3", row[2]) == (2, True, log.info.user)
    assert isinstance(row[3], datetime)
    assert abs((row[3] - datetime.now(UTC)).total_seconds()) < 60


def test_the_writer_inserts_an_outcome_and_not_its_time(log: Connection) -> None:
    log.execute(play("writer"))
    with pytest.raises(InsufficientPrivilege):
        log.execute(
            "INSERT INTO log.commands (actor, key, request_hash, outcome, recorded_at)"
            " VALUES ('a', 'k', '', '{}', '2000-01-01Z')"
        )


def test_the_writer_has_no_way_around(log: Connection) -> None:
    log.execute(play("writer"))
    for statement in WAYS_AROUND:
        with pytest.raises(InsufficientPrivilege):
            log.execute(statement.encode())


def test_the_writer_takes_no_position_by_a_table_of_his_own(log: Connection) -> None:
    log.execute(play("writer"))
    log.execute(
        "CREATE TEMP TABLE mine"
        " (notification_id bigint, recorded_at timestamptz, xid xid8, db_user text)"
    )
    with pytest.raises(InsufficientPrivilege):
        log.execute(
            "CREATE TRIGGER t BEFORE INSERT ON mine"
            " FOR EACH ROW EXECUTE FUNCTION log.number_event()"
        )


def test_a_setting_does_not_let_the_writer_give_positions(log: Connection) -> None:
    log.execute(play("writer"))
    for setting in ("next", "given"):
        log.execute("SELECT set_config('banjian.positions', %s, false)", (setting,))
        with log.transaction(force_rollback=True), suppress(RestrictViolation):
            insert(log, range(1, 3))
            rows = log.execute("SELECT notification_id FROM log.events ORDER BY 1")
            assert rows.fetchall() == [(1,), (2,), (3,)]


def test_only_the_writer_appends(log: Connection) -> None:
    none = ", ".join(["'{}'"] * 13)
    append = f"SELECT log.append({none}, false)".encode()
    log.execute(play("writer"))
    log.execute(append)
    for role in ("projector", "reader", "inspector"):
        log.execute(play(role))
        with pytest.raises(InsufficientPrivilege):
            log.execute(append)


@rule("R-807")
def test_a_reader_of_views_does_not_read_the_log(log: Connection) -> None:
    log.execute(play("reader"))
    for table in ("events", "commands", "counter", "readable"):
        with pytest.raises(InsufficientPrivilege):
            log.execute(f"SELECT FROM log.{table}".encode())


def test_an_inspector_reads_the_log_as_text(log: Connection) -> None:
    log.execute(play("inspector"))
    row = log.execute("SELECT position, topic, state FROM log.readable").fetchone()
    assert row is not None
    assert row[:2] == (1, "log.initialised.v1")
    assert isinstance(row[2], dict)
    assert row[2]["data"] == {"is_simulated": False}


def test_times_never_run_backwards_and_rollbacks_leave_no_hole(log: Connection) -> None:
    log.execute(play("writer"))
    insert(log, range(1, 4))
    with log.transaction(force_rollback=True):
        insert(log, range(4, 9))
    insert(log, range(4, 6))
    rows = log.execute(
        "SELECT notification_id, recorded_at, xid::text::bigint FROM log.events"
        " ORDER BY notification_id"
    ).fetchall()
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6]
    times, transactions = [row[1] for row in rows], [row[2] for row in rows]
    assert times == sorted(times)  # type: ignore[type-var]
    assert transactions == sorted(transactions)  # type: ignore[type-var]


def test_no_event_before_the_log_is_initialised(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        for role in ("writer", "owner"):
            connection.execute(play(role))
            with pytest.raises(ObjectNotInPrerequisiteState):
                insert(connection, range(1, 2))
