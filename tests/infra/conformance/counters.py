"""The view that the library's projection tests ask for, as tables of PostgreSQL."""

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.tests.projection import EventCountersView
from psycopg.sql import SQL, Identifier

CREATED, SUBSEQUENT = "created", "subsequent"


class PostgresCounters(PostgresTrackingRecorder, EventCountersView):
    """Two counters, each raised in the transaction of the position."""

    def __init__(
        self,
        datastore: PostgresDatastore,
        *,
        tracking_table_name: str = "notification_tracking",
    ) -> None:
        super().__init__(datastore, tracking_table_name=tracking_table_name)
        table = (
            Identifier(datastore.schema),
            Identifier(f"{tracking_table_name}_counts"),
        )
        self.sql_create_statements.append(
            SQL(
                "CREATE TABLE IF NOT EXISTS {}.{} (name text PRIMARY KEY, count bigint)"
            ).format(*table)
        )
        self._raise = SQL(
            "INSERT INTO {0}.{1} AS c VALUES (%s, 1)"
            " ON CONFLICT (name) DO UPDATE SET count = c.count + 1"
        ).format(*table)
        self._read = SQL("SELECT count FROM {}.{} WHERE name = %s").format(*table)

    def get_created_event_counter(self) -> int:
        return self._count(CREATED)

    def get_subsequent_event_counter(self) -> int:
        return self._count(SUBSEQUENT)

    def incr_created_event_counter(self, tracking: Tracking) -> None:
        self._incr(CREATED, tracking)

    def incr_subsequent_event_counter(self, tracking: Tracking) -> None:
        self._incr(SUBSEQUENT, tracking)

    def _count(self, name: str) -> int:
        with self.datastore.transaction() as cursor:
            row = cursor.execute(self._read, (name,)).fetchone()
        return int(row["count"]) if row else 0

    def _incr(self, name: str, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(self._raise, (name,))
