"""Routes on the working-day calendar: published years, and due dates by it."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.contract import CHANGES, CREATES, READS, READS_VERSION
from api.dependencies import LogOf, SignedIn
from api.fields import LAYER, Body, Day, Name, Prose
from api.scope_of import require_county
from api.writing import WriteOf, Written
from domain.calendar.commands import PublishCalendarYear, ReviseCalendarYear
from domain.calendar.due import due
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.rejections import CalendarYearNotPublished
from domain.calendar.state import NATIONAL, Calendar, fold
from infra.event_log import EventLog
from infra.subjects import streams

router = APIRouter(tags=["calendar"])
Year = Annotated[int, Field(strict=True, ge=2000, le=2100)]
LayerPath = Annotated[str, Path(pattern=LAYER)]
YearPath = Annotated[int, Path(ge=2000, le=2100)]
Days = Annotated[tuple[Day, ...], Field(max_length=120)]
OFF = {
    1: (1, 3),
    2: (15, 23),
    4: (4, 6),
    5: (1, 5),
    6: (19, 21),
    9: (25, 27),
    10: (1, 7),
}
EXAMPLE: dict[str, Any] = {
    "notice": "国办发明电〔2025〕7号",
    "source": "https://www.gov.cn/",
    "off": [
        f"2026-{month:02}-{day:02}"
        for month, (first, last) in OFF.items()
        for day in range(first, last + 1)
    ],
    "makeup": [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ],
    "entered_by": "王芳",
    "checked_by": "李明",
}


class YearBody(Body):
    """The days one year's notice declares off and working, entered and checked."""

    notice: Name
    source: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[ -~]*$")]
    off: Days
    makeup: Days
    entered_by: Name
    checked_by: Name


class NewYearBody(YearBody):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"layer": "national", "year": 2026, **EXAMPLE}]}
    )

    layer: Annotated[str, Field(pattern=LAYER)]
    year: Year


class RevisedYearBody(YearBody):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{**EXAMPLE, "reason": "国办另行通知"}]}
    )

    reason: Prose


class YearShown(BaseModel):
    layer: str
    year: int
    notice: str
    source: str
    off: list[date]
    makeup: list[date]
    version: int = Field(description="Of the layer: it counts all its years' changes.")


class DueShown(BaseModel):
    """The last day of a limit. ``on`` is null when it is not known (R-610, R-611)."""

    start: date
    limit: int
    unit: LimitUnit
    on: date | None
    earliest_on: date | None
    provisional: bool = Field(description="A coming notice may change it (R-608).")
    reason: str
    calendar_version: int


@router.post("/calendar-years", **CREATES)
def publish_year(body: NewYearBody, write: WriteOf) -> Written:
    """Enter a year as its State Council notice gives it (R-606, R-609)."""
    require_county(write.account)
    command = PublishCalendarYear(**body.model_dump(), now=write.now)
    return write.do(command, name=f"{body.layer}/{body.year}", at="calendar-years")


@router.put("/calendar-years/{layer}/{year}", **CHANGES)
def revise_year(
    layer: LayerPath, year: YearPath, body: RevisedYearBody, write: WriteOf
) -> Written:
    """Replace the days of a published year by those of a later notice (R-607)."""
    require_county(write.account)
    command = ReviseCalendarYear(
        layer=layer, year=year, **body.model_dump(), now=write.now
    )
    return write.do(command, name=f"{layer}/{year}")


@router.get("/calendar-years/{layer}/{year}", **READS_VERSION)
def read_year(
    layer: LayerPath, year: YearPath, response: Response, log: LogOf, _: SignedIn
) -> YearShown:
    """One year as its latest notice declares it."""
    calendar = calendar_of(log, layer)
    known = calendar.years.get(year)
    if known is None:
        raise CalendarYearNotPublished(year=year)
    response.headers["ETag"] = f'"{calendar.version}"'
    return YearShown(
        layer=layer,
        year=year,
        notice=known.notice,
        source=known.source,
        off=sorted(known.off),
        makeup=sorted(known.makeup),
        version=calendar.version,
    )


@router.get("/calendar/due", **READS)
def compute_due(
    log: LogOf,
    _: SignedIn,
    start: Annotated[Day, Query(description="Day 0: counting begins the day after.")],
    limit: Annotated[int, Query(ge=0, le=10_000)],
    unit: LimitUnit = LimitUnit.WORKDAYS,
) -> DueShown:
    """Tell the last day of a limit and why; an unknown year is never guessed."""
    calendar = calendar_of(log, NATIONAL)
    found = due(start, Limit(limit, unit), calendar)
    return DueShown(
        start=start,
        limit=limit,
        unit=unit,
        on=found.on,
        earliest_on=found.earliest_on,
        provisional=found.provisional,
        reason=found.reason,
        calendar_version=calendar.version,
    )


def calendar_of(log: EventLog, layer: str) -> Calendar:
    stream = log.stream(streams.calendar_stream(layer))
    return fold(recorded.event for recorded in stream)
