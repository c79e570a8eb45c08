"""Where the vault is: the database given, or the one beside the log's own."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.migrate import migrate

FOLDER = Path(__file__).with_name("migrations")
SUFFIX = "_vault"
MADE_MEANWHILE = (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation)


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultPlace:
    """``conninfo`` of the vault; ``log`` is None where an administrator makes it."""

    conninfo: str
    log: str | None = None

    @property
    def is_beside_the_log(self) -> bool:
        """On the same server: one write-ahead log for both."""
        return self.log is not None


class VaultIsTheLog(ValueError):
    """Whoever copies the log would have the keys with it."""

    def __init__(self) -> None:
        super().__init__(
            "BANJIAN_VAULT_URL names the log's own database: keys lie in one of their"
            " own, or a copy of the log opens itself"
        )


def vault_place(log: str, vault_url: str | None) -> VaultPlace:
    """The database ``vault_url``, or that of the log's server named …_vault.

    Raises ``VaultIsTheLog``.
    """
    given = conninfo_to_dict(vault_url or log)
    if vault_url is None:
        name = f"{given.get('dbname', 'postgres')}{SUFFIX}"
        return VaultPlace(conninfo=make_conninfo(log, dbname=name), log=log)
    if given == conninfo_to_dict(log):
        raise VaultIsTheLog
    return VaultPlace(conninfo=vault_url)


_making = Lock()


def make_vault(place: VaultPlace) -> None:
    """Bring the vault's tables up to date; a database beside the log's is made too."""
    with _making:
        if place.log is not None:
            with _connected(place.log) as connection:
                _make_database(
                    connection, str(conninfo_to_dict(place.conninfo)["dbname"])
                )
        migrate(place.conninfo, FOLDER)


@contextmanager
def _connected(conninfo: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(
        conninfo, autocommit=True, application_name="banjian vault"
    ) as connection:
        yield connection


def _make_database(connection: psycopg.Connection, name: str) -> None:
    found = connection.execute("SELECT FROM pg_database WHERE datname = %s", (name,))
    if found.fetchone() is None:
        with suppress(*MADE_MEANWHILE):  # by another process: it is there
            connection.execute(
                sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            )
