"""Numbered, forward-only SQL migrations, run as the owner under one lock."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import psycopg

FOLDER = Path(__file__).with_name("migrations")
FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
RUN_AS_ADMINISTRATOR = b"-- run as: administrator\n"
LOCK = 7_203_518_002
TURN_SECONDS = 120
LOCK_SECONDS = 10
ATTEMPTS = 10

# Another database's migration changed the roles, which the server's databases share.
ROLES_RACED = (
    psycopg.errors.DuplicateObject,
    psycopg.errors.UniqueViolation,
    psycopg.errors.InternalError_,
)


class MigrationRefused(RuntimeError):
    """The database and the migration files do not fit; nothing was changed."""


class MigrationsHaveAGap(MigrationRefused):
    """The numbers are not 1, 2, 3 …: a file is missing, doubled or misnamed."""

    def __init__(self, found: object) -> None:
        super().__init__(
            f"migrations are not numbered 1, 2, 3 … but {found}: restore the missing"
            " file, or give the new one the next free number"
        )


class AppliedMigrationWasEdited(MigrationRefused):
    """A file is no longer what the database was made with."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"migration {name} was changed after it was applied: restore the file and"
            " write what it should do into a new migration"
        )


class DatabaseIsAhead(MigrationRefused):
    """A newer program migrated the database; this one would misread it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the database has migration {name}, which this program does not know:"
            " install the version that made it, or a later one"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One file; ``name`` is its name without the ending, as ``0001_roles``."""

    number: int
    name: str
    sql: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql).hexdigest()

    @property
    def runs_as_administrator(self) -> bool:
        """Whether it needs the rights of the user who signs in."""
        return self.sql.startswith(RUN_AS_ADMINISTRATOR)


def read_migrations(folder: Path = FOLDER) -> list[Migration]:
    """All files in order. Raises ``MigrationsHaveAGap``."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        match = FILE_NAME.fullmatch(path.name)
        if match is None:
            raise MigrationsHaveAGap(path.name)
        sql = path.read_bytes()
        found.append(Migration(number=int(match[1]), name=path.stem, sql=sql))
    _require_dense([migration.number for migration in found])
    return found


def migrate(conninfo: str, folder: Path = FOLDER) -> list[str]:
    """Apply what is not applied yet, each file in a transaction; their names.

    Safe to call from several processes at once: they take turns, and those that come
    later find nothing to do. Raises a ``MigrationRefused``, or psycopg's error for a
    file that fails (the files before it stay applied) or waits too long for a lock.
    """
    migrations = read_migrations(folder)
    with psycopg.connect(
        conninfo, autocommit=True, application_name="banjian migrate"
    ) as connection:
        _set_lock_timeout(connection, TURN_SECONDS)
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        _set_lock_timeout(connection, LOCK_SECONDS)
        new = _not_applied(migrations, connection)
        for migration in new:
            _apply(connection, migration)
        return [migration.name for migration in new]


def _set_lock_timeout(connection: psycopg.Connection, seconds: int) -> None:
    connection.execute("SELECT set_config('lock_timeout', %s, false)", (f"{seconds}s",))


def _require_dense(numbers: list[int]) -> None:
    if numbers != list(range(1, len(numbers) + 1)):
        raise MigrationsHaveAGap(numbers)


def _not_applied(
    migrations: list[Migration], connection: psycopg.Connection
) -> list[Migration]:
    """What is left to do, if the applied ones are the first of ``migrations``."""
    exists = connection.execute("SELECT to_regclass('migrations.applied')").fetchone()
    if exists == (None,):
        return migrations
    applied = connection.execute(
        "SELECT number, name, sha256 FROM migrations.applied ORDER BY number"
    ).fetchall()
    _require_dense([number for number, _, _ in applied])
    for number, name, sha256 in applied:
        if number > len(migrations):
            raise DatabaseIsAhead(name)
        known = migrations[number - 1]
        if (known.name, known.sha256) != (name, sha256):
            raise AppliedMigrationWasEdited(name)
    return migrations[len(applied) :]


def _apply(connection: psycopg.Connection, migration: Migration) -> None:
    """Administrators' files are written to be run again when they lose a race."""
    attempts = ATTEMPTS if migration.runs_as_administrator else 1
    while True:
        attempts -= 1
        try:
            _run(connection, migration)
        except ROLES_RACED:
            if attempts == 0:
                raise
        else:
            return


def _run(connection: psycopg.Connection, migration: Migration) -> None:
    with connection.transaction():
        if not migration.runs_as_administrator:
            connection.execute("SET LOCAL ROLE banjian_owner")
        connection.execute(migration.sql)
        connection.execute("SET LOCAL ROLE banjian_owner")
        connection.execute(
            "INSERT INTO migrations.applied (number, name, sha256) VALUES (%s, %s, %s)",
            (migration.number, migration.name, migration.sha256),
        )
