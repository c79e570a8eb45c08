"""Where views lie: in ``views``, where they are read, or beside it, made anew."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, LiteralString, Self

from psycopg import Copy, Cursor
from psycopg.rows import DictRow
from psycopg.sql import Composable

from infra.database import Database, Role

VIEWS: LiteralString = "views"
NEXT: LiteralString = "views_next"
OLD: LiteralString = "views_old"
QUALIFIED = re.compile(r'\bviews\.|"views"\.')


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A schema that holds views and the registry of where they stand."""

    database: Database
    schema: LiteralString = VIEWS

    @property
    def is_read(self) -> bool:
        """Whether what lies here is what people are shown."""
        return self.schema == VIEWS

    @contextmanager
    def transaction(self) -> Iterator[Cursor[DictRow]]:
        """The projector's; views name their tables ``views.…`` wherever they lie."""
        with self.database.transaction(Role.PROJECTOR) as cursor:
            yield cursor if self.is_read else beside(cursor)

    @contextmanager
    def piped(self) -> Iterator[Cursor[DictRow]]:
        """The same in pipeline mode: begin and commit wait for no answer either.

        COPY is not to be had in it. What fails is raised at the end, if not before.
        """
        with (
            self.database.pool(Role.PROJECTOR).connection() as connection,
            connection.pipeline(),
            connection.transaction(),
            connection.cursor() as cursor,
        ):
            yield cursor if self.is_read else beside(cursor)


def beside(cursor: Cursor[DictRow]) -> Cursor[DictRow]:
    """Another cursor in the same transaction, for the tables in ``views_next``."""
    connection = cursor.connection
    return _Beside(connection, row_factory=connection.row_factory)


class _Beside(Cursor[DictRow]):
    """Says ``views_next.`` where a view says ``views.``: its SQL is the same."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Self:  # noqa: ANN401
        return super().execute(self._moved(query), params, **how)

    def executemany(
        self,
        query: Any,  # noqa: ANN401
        params_seq: Any,  # noqa: ANN401
        *,
        returning: bool = False,
    ) -> None:
        super().executemany(self._moved(query), params_seq, returning=returning)

    @contextmanager
    def copy(
        self,
        statement: Any,  # noqa: ANN401
        params: Sequence[Any] | Mapping[str, Any] | None = None,
        **how: Any,  # noqa: ANN401
    ) -> Iterator[Copy]:
        with super().copy(self._moved(statement), params, **how) as copy:
            yield copy

    def _moved(self, query: Any) -> Any:  # noqa: ANN401
        if isinstance(query, Composable):
            return _moved(query.as_string(self))
        return _moved(query)


@lru_cache(maxsize=512)
def _moved(text: str) -> str:
    return QUALIFIED.sub(f"{NEXT}.", text)
