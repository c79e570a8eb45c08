"""Field types of bodies and parameters: strict, bounded, without control characters."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.types import GetPydanticSchema
from pydantic_core import PydanticCustomError, core_schema

from domain.personal import Personal

LINE = r"^[^\x00-\x1f\x7f]*$"
# At least one figure, and what people write between figures.
PHONE = r"^[ +()-]*[0-9][0-9 +()-]*$"
PROSE = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
OFFICE = r"^[0-9]{12}$"
ITEM = r"^[0-9A-Za-z]{1,40}$"
LAYER = r"^[a-z]{1,20}$"
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
FIRST_INSTANT = datetime(1990, 1, 1, tzinfo=UTC)
LAST_INSTANT = datetime(2101, 1, 1, tzinfo=UTC)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A plus sign in a query that nobody escaped arrives as a space.
LOST_PLUS = re.compile(r" (\d\d:?\d\d)$")


class Body(BaseModel):
    """What every body keeps to: nothing unknown, nothing shown in an exception."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


def personal(least: int, most: int, pattern: str = LINE) -> GetPydanticSchema:
    text = core_schema.str_schema(min_length=least, max_length=most, pattern=pattern)
    return GetPydanticSchema(
        lambda _, __: core_schema.no_info_after_validator_function(Personal, text)
    )


def is_fit(instant: datetime) -> bool:
    """Whether an instant has its offset and lies where calendars reach."""
    return instant.tzinfo is not None and FIRST_INSTANT <= instant < LAST_INSTANT


def _instant(value: object) -> datetime:
    """Not pydantic's own reading, which takes a bare number for an instant too."""
    try:
        instant = datetime.fromisoformat(LOST_PLUS.sub(r"+\1", str(value)))
        if is_fit(instant):
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # told below, as every other misfit
    raise PydanticCustomError("instant", "an instant with its offset is expected")


def _day(value: object) -> object:
    """A date as text, where pydantic would also take a number of seconds."""
    if isinstance(value, str) and DAY.fullmatch(value):
        return value
    raise PydanticCustomError("date_parsing", "a date is expected")


Name = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=LINE)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=50, pattern=LINE)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=PROSE)]
OfficeCode = Annotated[str, StringConstraints(pattern=OFFICE)]
ItemCode = Annotated[str, StringConstraints(pattern=ITEM)]
Materials = Annotated[tuple[Word, ...], Field(min_length=1, max_length=100)]
Days = Annotated[int, Field(strict=True, ge=0, le=10_000)]
PersonalName = Annotated[Personal, personal(1, 100)]
PersonalNumber = Annotated[Personal, personal(1, 40)]
PersonalPhone = Annotated[Personal, personal(5, 20, PHONE)]
Day = Annotated[date, BeforeValidator(_day), Field(ge=FIRST_DAY, le=LAST_DAY)]
Instant = Annotated[datetime, BeforeValidator(_instant)]

OfficePath = Annotated[str, Path(pattern=OFFICE, description="12-digit division code")]
ItemPath = Annotated[str, Path(pattern=ITEM, description="实施编码")]
OfficeQuery = Annotated[
    str,
    Query(
        pattern=OFFICE,
        description="Office whose scope is shown: it and all below it (R-903).",
        examples=["640323000000"],
    ),
]
InstantQuery = Annotated[
    Instant | None,
    Query(
        description="ISO 8601 instant with its offset; default: now.",
        examples=["2026-09-17T09:00:00+08:00"],
    ),
]
