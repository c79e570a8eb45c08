"""Reading views in tests: whole tables, and the case as a view has it."""

from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Identifier

from infra.database import Role
from infra.services import Services
from projections.all_views import ALL


def table(services: Services, name: str) -> list[dict[str, Any]]:
    """All rows of ``views.name``, in a stable order."""
    with services.database.transaction(Role.READER) as cursor:
        cursor.execute(SQL("SELECT * FROM views.{}").format(Identifier(name)))
        return sorted(cursor.fetchall(), key=str)


def all_tables(services: Services) -> dict[str, list[dict[str, Any]]]:
    return {name: table(services, name) for view in ALL for name in view.TABLES}


def case_row(services: Services, case_id: UUID) -> dict[str, Any]:
    rows = table(services, "deadlines_v1")
    return next(row for row in rows if row["case_id"] == case_id)
