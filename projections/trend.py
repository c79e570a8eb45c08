"""How many cases stood in each tier at the end of each day: the way of the warnings.

Nothing is stored for it: each case gives its span of days and, within it, the days on
which its tier changes. A day costs nothing, a case a few questions.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, groupby
from typing import Any, LiteralString, NamedTuple

import msgspec

from domain.calendar.due import SHANGHAI, Due, local_date
from domain.calendar.limits import Limit, LimitUnit
from domain.calendar.state import Calendar
from domain.case.tier import (
    NO_POLICY,
    Deadlines,
    DeadlineTier,
    WarningPolicy,
    deadline_tier,
)
from projections.known_calendar import read_calendar, read_policy
from projections.scope import IN_SCOPE, Scope
from projections.view import ReadCursor
from projections.warnings import KNOWN

ONE_DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
# The dates as text: cases of one item accepted on one day share them, and are
# judged once.
OPEN_WITHIN: LiteralString = (
    "SELECT opened_at, accepted_at, ended_at, deadline_at, promised_limit, limit_unit,"
    " promised_due::text AS promised_due, statutory_due::text AS statutory_due"
    " FROM views.deadlines_v1 WHERE opened_at <= %(last)s"
    " AND (ended_at IS NULL OR ended_at > %(first)s) AND " + IN_SCOPE
)
LINE = {
    DeadlineTier.GREEN: "green",
    DeadlineTier.YELLOW: "yellow",
    DeadlineTier.RED: "red",
    DeadlineTier.ILLEGAL: "red",
}
PENDING = "pending"
KEY = ("promised_due", "statutory_due", "promised_limit", "limit_unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendDay:
    """Open cases at the end of the local day ``on``, or now if it is not over.

    ``red`` counts what is past the promise or the statute; ``pending`` what has no
    limit yet, or one that nobody knows for certain (R-403, R-612).
    """

    on: date
    green: int
    yellow: int
    red: int
    pending: int


class Run(NamedTuple):
    """Instants ``first`` up to, not including, ``end`` in one line of the trend."""

    line: str
    first: int
    end: int


def trend(
    cursor: ReadCursor, scope: Scope, until: datetime, days: int
) -> list[TrendDay]:
    """The last ``days`` days, that of ``until`` last, as ``warnings`` would tell them.

    Dates and policy are those known today, as they are for every past instant.
    """
    instants = day_ends(until, days)
    window = {"first": instants[0], "last": instants[-1], "prefix": scope.prefix}
    cursor.execute(OPEN_WITHIN, window)
    rows = cursor.fetchall()
    calendar = read_calendar(cursor, KNOWN)
    policy = read_policy(cursor, KNOWN) or NO_POLICY
    return _counted(_runs(rows, instants, calendar, policy), instants)


def day_ends(until: datetime, days: int) -> list[datetime]:
    """The last moment of each day in Shanghai; of the last one, ``until`` itself."""
    today = local_date(until)
    midnight = datetime.combine(today, time(), SHANGHAI)
    ended = [midnight - back * ONE_DAY - MOMENT for back in range(days - 1)]
    return [*reversed(ended), until]


def _counted(runs: Iterator[Run], instants: Sequence[datetime]) -> list[TrendDay]:
    """Differences where a run begins and ends, added up once."""
    lines = {line: [0] * (len(instants) + 1) for line in {*LINE.values(), PENDING}}
    for line, first, end in runs:
        lines[line][first] += 1
        lines[line][end] -= 1
    sums = {line: list(accumulate(changes)) for line, changes in lines.items()}
    return [
        TrendDay(on=local_date(at), **{line: sums[line][n] for line in sums})
        for n, at in enumerate(instants)
    ]


def _runs(
    rows: Sequence[Mapping[str, Any]],
    instants: Sequence[datetime],
    calendar: Calendar,
    policy: WarningPolicy,
) -> Iterator[Run]:
    """Each case's way through the tiers, from its opening until its end."""
    known: dict[object, Sequence[Run]] = {}
    for row in rows:
        first, end = (_place(row[at], instants) for at in ("opened_at", "ended_at"))
        if row["deadline_at"] is None:
            accepted = max(first, _place(row["accepted_at"], instants))
            yield Run(PENDING, first, max(first, min(accepted, end)))
            first = accepted
        key = tuple(row[name] for name in KEY) + _given(row)
        if first < end and key not in known:
            known[key] = _whole_way(_deadlines(row), instants, calendar, policy)
        for line, begins, ends in known[key] if first < end else ():
            if begins < end and ends > first:
                yield Run(line, max(begins, first), min(ends, end))


def _place(instant: datetime | None, instants: Sequence[datetime]) -> int:
    """The first of ``instants`` that is not before it; behind all if it never was."""
    return len(instants) if instant is None else bisect_left(instants, instant)


def _given(row: Mapping[str, Any]) -> tuple[datetime, ...]:
    given = row["deadline_at"]
    return () if given is None else (given, row["opened_at"])


def _deadlines(row: Mapping[str, Any]) -> Deadlines:
    """Those of an accepted case, or of one that came with its own."""
    if given := _given(row):
        return Deadlines(given_deadline_at=given[0], given_started_at=given[1])
    statutory = row["statutory_due"]
    return Deadlines(
        promised_due=msgspec.json.decode(row["promised_due"], type=Due),
        statutory_due=msgspec.json.decode(statutory, type=Due) if statutory else None,
        promised_limit=Limit(row["promised_limit"], LimitUnit(row["limit_unit"])),
    )


def _whole_way(
    deadlines: Deadlines,
    instants: Sequence[datetime],
    calendar: Calendar,
    policy: WarningPolicy,
) -> list[Run]:
    """The tier at every instant, asked only where it may change."""

    def line(place: int) -> str:
        tier = deadline_tier(deadlines, instants[place], calendar, policy)
        return LINE.get(tier, PENDING)

    last = len(instants) - 1
    lines = [line(0)] * last + [line(last)]
    _fill(lines, 0, last, line)
    ways = groupby(range(len(lines)), key=lambda place: lines[place])
    spans = [(each, list(places)) for each, places in ways]
    return [Run(each, places[0], places[-1] + 1) for each, places in spans]


def _fill(lines: list[str], first: int, last: int, line: Callable[[int], str]) -> None:
    """Fill in what lies between two places that are known.

    Time only worsens a tier: one that is the same at two instants never left between.
    """
    if lines[first] == lines[last]:
        lines[first:last] = [lines[first]] * (last - first)
    elif last - first > 1:
        middle = (first + last) // 2
        lines[middle] = line(middle)
        _fill(lines, first, middle, line)
        _fill(lines, middle, last, line)
