"""Starting on a log: what is refused, what the library is given, what it makes."""

from pathlib import Path

import psycopg
import pytest
from psycopg.errors import UndefinedTable

from infra.event_log import EventLog, library_environment
from infra.initialise import LogIsNotInitialised, begin
from infra.log_recorder import LogRecorder
from infra.persistence import DbFunctionsAreEnabled, LogFactory
from infra.services import Services, open_services
from infra.settings import Settings
from tests.world import World

SWITCH = "POSTGRES_ENABLE_DB_FUNCTIONS"


def tables(conninfo: str) -> set[str]:
    with psycopg.connect(conninfo) as connection:
        rows = connection.execute(
            "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = relnamespace WHERE nspname !~ '^(pg_|information_schema)'"
        )
        return {str(name) for (name,) in rows}


@pytest.mark.parametrize("name", [SWITCH, f"BANJIAN_{SWITCH}"])
@pytest.mark.parametrize("value", ["y", "1", "true", "on"])
def test_the_switch_that_skips_events_stops_the_start(
    database_url: str, home: Path, name: str, value: str
) -> None:
    begin(database_url, simulated=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(name, value)
        with (
            pytest.raises(DbFunctionsAreEnabled, match="silently skip"),
            open_services(Settings(home=home), database_url),
        ):
            pass


def test_the_switch_is_found_in_given_settings_too(database_url: str) -> None:
    given = library_environment(database_url, pool_size=1) | {SWITCH: "y"}
    with pytest.raises(DbFunctionsAreEnabled):
        EventLog(env=given)
    EventLog(env=given | {SWITCH: "n"}).close()


def test_a_database_without_a_log_is_not_opened(database_url: str, home: Path) -> None:
    with (
        pytest.raises(LogIsNotInitialised, match="banjian init"),
        open_services(Settings(home=home), database_url),
    ):
        pass


def test_a_database_without_migrations_is_not_opened(
    database_url: str, home: Path
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("DROP SCHEMA log CASCADE")
    with (
        pytest.raises(UndefinedTable),
        open_services(Settings(home=home), database_url),
    ):
        pass


def test_the_library_is_given_our_factory_and_recorder(services: Services) -> None:
    assert type(services.log.factory) is LogFactory
    assert type(services.log.recorder) is LogRecorder
    assert services.log.recorder is services.log.log_recorder


def test_its_connections_play_the_writer_and_say_who_they_are(
    services: Services,
) -> None:
    with services.log.log_recorder.datastore.get_connection() as connection:
        row = connection.execute(
            "SELECT current_user::text AS role,"
            " current_setting('application_name') AS name"
        ).fetchone()
    assert row == {"role": "banjian_writer", "name": "banjian log"}


def test_the_library_creates_no_table(settled: World) -> None:
    conninfo, home = settled.services.database.conninfo, settled.services.settings.home
    found = tables(conninfo)
    with open_services(Settings(home=home), conninfo):
        assert tables(conninfo) == found
    assert not any("tracking" in name or "snapshot" in name for name in found)
    assert {n for n in found if n.startswith("log.") and "_" not in n} == {
        "log.clock",
        "log.counter",
        "log.commands",
        "log.events",
        "log.readable",
    }


def test_whatever_a_url_carries_reaches_the_connection() -> None:
    given = library_environment(
        "postgresql://u:p%40ss@db.example:6432/county?sslmode=require", pool_size=7
    )
    assert given["POSTGRES_HOST"] == "db.example"
    assert (given["POSTGRES_PORT"], given["POSTGRES_DBNAME"]) == ("6432", "county")
    assert (given["POSTGRES_USER"], given["POSTGRES_PASSWORD"]) == ("u", "p@ss")
    assert '"sslmode": "require"' in given["POSTGRES_EXTRA"]
    assert (given["POSTGRES_POOL_SIZE"], given["CREATE_TABLE"]) == ("7", "n")
