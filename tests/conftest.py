"""One private PostgreSQL for the test session, and a fresh database for each test."""

import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from infra.database import Database
from infra.migrate import migrate
from infra.postgres import PrivateServer
from tests.servers import own_home, see_off

SERVER_HOME = pytest.StashKey[Path]()
NUMBERS = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    """The workers of a parallel run share the server of the process that began it.

    Not below pytest's own folder: that is closed to the server's user.
    """
    given: dict[str, str] = getattr(config, "workerinput", {})
    own = Path(tempfile.gettempdir(), f"banjian-tests-{uuid4().hex[:12]}")
    config.stash[SERVER_HOME] = Path(given.get("server_home", own))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    node.workerinput["server_home"] = str(node.config.stash[SERVER_HOME])  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that began the run sees the server off."""
    home = config.stash[SERVER_HOME]
    if not hasattr(config, "workerinput") and home.exists():
        see_off(home)


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[PrivateServer]:
    """A server that forgets fsync."""
    home = pytestconfig.stash[SERVER_HOME]
    home.mkdir(mode=0o755, exist_ok=True)
    with PrivateServer(home, durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def template(postgres: PrivateServer) -> str:
    """A migrated database to copy: quicker than migrating again."""
    name = f"template_{os.getpid()}"
    with psycopg.connect(postgres.administration, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    migrate(make_conninfo(postgres.administration, dbname=name))
    return name


@pytest.fixture
def database_url(postgres: PrivateServer, template: str) -> Iterator[str]:
    """A fresh migrated database without a log; gone after the test."""
    with fresh_database(postgres, template) as conninfo:
        yield conninfo


@pytest.fixture(scope="module")
def module_database_url(postgres: PrivateServer, template: str) -> Iterator[str]:
    """The same, shared by the tests of a module."""
    with fresh_database(postgres, template) as conninfo:
        yield conninfo


@pytest.fixture
def empty_database_url(postgres: PrivateServer) -> Iterator[str]:
    """A database that was never migrated."""
    with fresh_database(postgres, "template1") as conninfo:
        yield conninfo


@pytest.fixture
def server_home() -> Iterator[Path]:
    """A home for a server of the test's own, open to the server's user."""
    with own_home() as home:
        yield home


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The pools of ``database_url``."""
    with Database(database_url) as opened:
        yield opened


@contextmanager
def fresh_database(postgres: PrivateServer, template: str) -> Iterator[str]:
    """A copy of ``template``, dropped at the end though something is connected."""
    name = f"test_{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(postgres.administration, autocommit=True) as connection:
        copy = f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"
        connection.execute(copy)
    yield make_conninfo(postgres.administration, dbname=name)
    with psycopg.connect(postgres.administration, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.execute(f"DROP DATABASE IF EXISTS {name}_vault WITH (FORCE)")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a test's keys and work files lie."""
    return tmp_path / "home"
