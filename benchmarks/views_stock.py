"""The library's own way of keeping a view: its runner, one event a transaction."""

import time
from typing import Any

import psycopg
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Identifier

from infra.envelope import Recorded
from infra.event_log import EventLog, library_environment
from infra.services import Services
from infra.stored_names import NAMES

SCHEMA = "stock"


class StockView(PostgresTrackingRecorder):
    """One row an event, as tracking has it but for what needs the case's."""

    def __init__(self, datastore: PostgresDatastore, **how: Any) -> None:  # noqa: ANN401
        super().__init__(datastore, **how)
        table = Identifier(SCHEMA, "tracking")
        self.sql_create_statements.append(
            SQL(
                "CREATE TABLE IF NOT EXISTS {} (position bigint PRIMARY KEY,"
                " case_id uuid, version int, name text, effective_at timestamptz,"
                " recorded_at timestamptz, actor text)"
            ).format(table)
        )
        self._insert = SQL("INSERT INTO {} VALUES (%s, %s, %s, %s, %s, %s, %s)").format(
            table
        )

    def show(self, recorded: Recorded, tracking: Tracking) -> None:
        row = (
            recorded.position,
            recorded.originator_id,
            recorded.originator_version,
            NAMES[type(recorded.event)],
            recorded.effective_at,
            recorded.recorded_at,
            recorded.meta.actor,
        )
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(self._insert, row)


class StockProjection(Projection[StockView]):
    name = "stock"

    def process_event(self, domain_event: Recorded, tracking: Tracking) -> None:
        self.view.show(domain_event, tracking)


def stock_events_per_second(services: Services, seconds: float) -> float:
    """How many events a second it keeps up with, measured for ``seconds``."""
    conninfo = services.database.conninfo
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}".encode())
    ours = library_environment(conninfo, 2)
    theirs = {
        "STOCK_PERSISTENCE_MODULE": "eventsourcing.postgres",
        "STOCK_POSTGRES_SCHEMA": SCHEMA,
        "STOCK_CREATE_TABLE": "y",
    }
    with ProjectionRunner(
        application_class=EventLog,
        projection_class=StockProjection,
        view_class=StockView,
        env=ours | theirs,
    ) as runner:
        runner.wait(1, timeout=30)
        began, before = time.monotonic(), _reached(runner)
        time.sleep(seconds)
        return (_reached(runner) - before) / (time.monotonic() - began)


def _reached(runner: ProjectionRunner[EventLog, StockView]) -> int:
    return runner.view.max_tracking_id("banjian") or 0
