"""Ways to append: ours, the library's stock recorder, and bare INSERT + COMMIT."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from infra.appending import Append
from infra.event_log import EventLog, library_environment

TOPIC, STATE = "office.renamed.v1", b'{"data":"' + b"x" * 245 + b'"}'
OURS, STOCK, FLOOR = "ours", "stock", "floor"
SCHEMA = """
CREATE SCHEMA stock;
CREATE SCHEMA floor;
CREATE TABLE floor.events (
    originator_id uuid NOT NULL, originator_version bigint NOT NULL,
    topic text NOT NULL, state bytea NOT NULL, notification_id bigserial UNIQUE,
    PRIMARY KEY (originator_id, originator_version));
"""


def make_tables(conninfo: str) -> None:
    """Those of the others; ours are there."""
    with psycopg.connect(conninfo) as connection:
        connection.execute(SCHEMA.encode())
    with datastore(conninfo, 1) as store:
        PostgresApplicationRecorder(store, events_table_name="events").create_table()


# What one thread calls to append so many events to a new stream.
Writer = Callable[[int], object]


def events(stream: UUID, count: int) -> list[StoredEvent]:
    return [StoredEvent(stream, n, TOPIC, STATE) for n in range(1, count + 1)]


@contextmanager
def ours(conninfo: str, threads: int) -> Iterator[Callable[[], Writer]]:
    """With the versions read checked, as the door does it."""
    with EventLog(env=library_environment(conninfo, min(threads, 4))) as log:

        def write(count: int) -> object:
            stream = uuid4()
            append = Append(events=events(stream, count), versions={stream: 0})
            return log.log_recorder.append(append)

        yield lambda: write


def datastore(conninfo: str, connections: int) -> PostgresDatastore:
    parts: dict[str, Any] = conninfo_to_dict(conninfo)
    return PostgresDatastore(
        parts["dbname"],
        parts["host"],
        parts.get("port") or 5432,
        parts.get("user") or "",
        parts.get("password") or "",
        pool_size=connections,
        schema="stock",
    )


@contextmanager
def stock(conninfo: str, threads: int) -> Iterator[Callable[[], Writer]]:
    """As the library does it by default, with a connection for each thread."""
    with datastore(conninfo, threads) as store:
        recorder = PostgresApplicationRecorder(store, events_table_name="events")
        yield lambda: lambda count: recorder.insert_events(events(uuid4(), count))


@contextmanager
def floor(conninfo: str, threads: int) -> Iterator[Callable[[], Writer]]:
    """Nothing but rows and commits: no order, no check, a connection each."""
    connections = [psycopg.connect(conninfo, autocommit=True) for _ in range(threads)]
    free = iter(connections)

    def writer() -> Writer:
        connection = next(free)

        def write(count: int) -> object:
            stream = uuid4()
            return connection.execute(
                "INSERT INTO floor.events (originator_id, originator_version, topic,"
                " state) SELECT %s, n, %s, %s FROM generate_series(1, %s) AS n",
                (stream, TOPIC, STATE, count),
                prepare=True,
            )

        return write

    yield writer
    for connection in connections:
        connection.close()


CONTENDERS = {OURS: ours, STOCK: stock, FLOOR: floor}
TABLES = {OURS: "log.events", STOCK: "stock.events", FLOOR: "floor.events"}
