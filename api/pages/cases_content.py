"""What stands in a list of cases: rows, the ways to narrow it, and its pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from api.pages.board_figures import DASH
from api.pages.board_reading import names
from api.pages.board_rows import Named, by_look, case_row
from api.pages.case_content import item_shown
from api.pages.cases_address import board_address, cases_address
from api.pages.details import word as word_of
from api.pages.formats import local_day, short_instant
from api.pages.language import N_, _
from api.pages.tiers import SHOWN
from api.pages.wording import STAGES
from domain.calendar.due import local_date
from projections import officers, performance, posts
from projections.scope import Scope
from projections.view import ReadCursor, Rows
from projections.warnings import OpenCase, warnings

ROWS = 50
MOST_POSTS = 1000
NOBODY = UUID(int=0)
TABS = (
    (None, N_("全部在办")),
    ("red", N_("超期")),
    ("yellow", N_("预警")),
    ("green", N_("正常")),
    ("pending", N_("时限待定")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the visitor asked for; ``at`` None: the present."""

    office: str
    tier: str | None
    post: UUID | None
    day: date | None
    at: datetime | None
    page: int

    @property
    def addressed(self) -> Callable[..., str]:
        """Addresses that keep the office, the post and the instant."""
        return partial(cases_address, self.office, post=self.post, at=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case: tier as colour, shape and word, or how it was finished."""

    href: str
    tier: str
    word: str
    left: str
    item: str
    case_no: str
    stage: str
    officer: str
    office: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """``count`` is that of the whole tier, whatever is being shown."""

    href: str
    word: str
    tier: str | None
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """One page; ``before`` and ``after`` are addresses, empty at the ends."""

    heading: str
    office: str
    office_name: str
    post: UUID | None
    tier: str | None
    at: datetime
    is_past: bool
    is_finished: bool
    board: str
    tabs: Sequence[Tab]
    windows: Sequence[tuple[str, UUID]]
    rows: Sequence[Listed]
    count: int
    page: int
    pages: int
    before: str
    after: str


def case_list(cursor: ReadCursor, wanted: Wanted, now: datetime) -> CaseList:
    """The page that is wanted; a page behind the last one is the last."""
    scope, at = Scope.of(wanted.office), wanted.at or now
    found = warnings(cursor, scope, at)
    named = names(cursor, scope, found)
    held = [case for case in found if wanted.post in {None, case.post}]
    windows = posts.page(cursor, scope, NOBODY, MOST_POSTS)
    desks = {row["post_id"]: row["name"] for row in windows}
    rows: Sequence[Listed]
    if wanted.day is not None:
        ended = performance.finished_cases(cursor, scope, wanted.day, wanted.post)
        rows = _finished_rows(cursor, ended, named, desks, wanted.day)
    else:
        kept = by_look(held)[wanted.tier] if wanted.tier else held
        rows = [_open_row(case, named, desks) for case in kept]
    choice = sorted((_desk(row, named), row["post_id"]) for row in windows)
    return _page(wanted, at, rows, _tabs(wanted, held), named, choice)


def _page(  # noqa: PLR0913, PLR0917  what a page is made of
    wanted: Wanted,
    at: datetime,
    rows: Sequence[Listed],
    tabs: Sequence[Tab],
    named: Named,
    windows: Sequence[tuple[str, UUID]],
) -> CaseList:
    pages = max(1, -(-len(rows) // ROWS))
    page = min(wanted.page, pages)
    address = partial(wanted.addressed, tier=wanted.tier, day=wanted.day)
    return CaseList(
        heading=_heading(wanted),
        office=wanted.office,
        office_name=named.offices.get(wanted.office, wanted.office),
        post=wanted.post,
        tier=wanted.tier,
        at=at,
        is_past=wanted.at is not None,
        is_finished=wanted.day is not None,
        board=board_address(wanted.office, wanted.at),
        tabs=tabs,
        windows=windows,
        rows=rows[(page - 1) * ROWS : page * ROWS],
        count=len(rows),
        page=page,
        pages=pages,
        before=address(page=page - 1) if page > 1 else "",
        after=address(page=page + 1) if page < pages else "",
    )


def _heading(wanted: Wanted) -> str:
    if wanted.day is not None:
        return _("{day}办结的办件").format(day=local_day(wanted.day))
    return next(_(word) for tier, word in TABS if tier == wanted.tier)


def _tabs(wanted: Wanted, held: Sequence[OpenCase]) -> list[Tab]:
    looks = by_look(held)
    return [
        Tab(
            href=wanted.addressed(tier=tier),
            word=_(word),
            tier=tier,
            count=len(looks[tier]) if tier else len(held),
            is_current=wanted.day is None and tier == wanted.tier,
        )
        for tier, word in TABS
    ]


def _open_row(case: OpenCase, named: Named, desks: Mapping[UUID, str]) -> Listed:
    shown, row = SHOWN[case.tier], case_row(case, named)
    return Listed(
        href=row.href,
        tier=shown.look,
        word=_(shown.word),
        left=row.left,
        item=row.item,
        case_no=case.case_no,
        stage=_(STAGES[case.stage]),
        officer=_of(named.officers, case.responsible),
        office=named.place(case.office_code),
        post=_of(desks, case.post),
    )


def _finished_rows(
    cursor: ReadCursor,
    ended: Rows,
    named: Named,
    desks: Mapping[UUID, str],
    day: date,
) -> list[Listed]:
    holders = {row["responsible"] for row in ended if row["responsible"]}
    people = officers.names(cursor, list(holders))
    return [
        Listed(
            href=f"/cases/{row['case_id']}",
            tier="red" if row["is_on_time"] is False else "finished",
            word=_on_time(row["is_on_time"]),
            left=_taken(row, day),
            item=item_shown(row["item_name"], row["case_no"]),
            case_no=row["case_no"],
            stage=word_of(STAGES, row["stage"]),
            officer=_of(people, row["responsible"]),
            office=named.place(row["office_code"]),
            post=_of(desks, row["post"]),
        )
        for row in ended
    ]


def _on_time(is_on_time: bool | None) -> str:  # noqa: FBT001  as the view has it
    if is_on_time is None:
        return _("未判定")
    return _("按时办结") if is_on_time else _("超期办结")


def _taken(row: Mapping[str, Any], day: date) -> str:
    """How many working days it took, and when on that day it ended."""
    at = row["ended_at"]
    ended = short_instant(at, day) if at and local_date(at) == day else ""
    if row["workdays"] is None:
        return ended or DASH
    took = _("{days} 个工作日").format(days=row["workdays"])
    return f"{took} · {ended}" if ended else took


def _desk(row: Mapping[str, Any], named: Named) -> str:
    return f"{named.place(row['office_code'])} · {row['name']}"


def _of(told: Mapping[UUID, str], key: UUID | None) -> str:
    return told.get(key, DASH) if key else DASH
