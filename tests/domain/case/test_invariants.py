"""Whatever is asked of a case, by whom, in whatever order: what always holds."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.case import commands as c
from domain.case import events as e
from domain.case.decisions import decide
from domain.case.facts import CaseFacts
from domain.case.state import Case, Stage, evolve, fold
from domain.office.codes import DivisionCode, Tier
from domain.post.state import Post
from domain.rejections import Rejection
from tests import examples as x
from tests.domain.case.test_accepting_a_case import refuse
from tests.domain.case.test_deciding_a_case import deliver, withdraw
from tests.domain.case.test_one_time_notice import everything
from tests.domain.case.test_rating_a_case import good
from tests.rules import rule

COUNTY_DESK = UUID(int=304)
county_desk = replace(x.window, post_id=COUNTY_DESK, office_code=x.COUNTY)
POSTS = {
    x.WINDOW: x.window,
    x.AGENCY_DESK: x.agency_desk,
    x.OTHER_WINDOW: x.other_window,
    COUNTY_DESK: county_desk,
}
WHO_ANSWERS = UUID(int=0)  # stands for whoever is responsible when the step comes
STRANGER = UUID(int=109)

officers = st.sampled_from((x.ANNA, x.BO, x.CHEN, STRANGER))
mostly_right = st.just(WHO_ANSWERS) | officers
words = st.sampled_from(("有理由", "有理由", "有理由", " ", ""))
maybe = st.none() | words
codes = st.sampled_from(("M1", "M2", "M3", "M9"))
HINTS: dict[type, dict[str, st.SearchStrategy[Any]]] = {
    c.OpenCase: {"by": officers, "item_code": st.just(x.ITEM)},
    c.GiveOneTimeNotice: {
        "materials": st.none() | st.lists(codes, max_size=3).map(tuple)
    },
    c.ReceiveMaterials: {
        "materials": st.just(("M1", "M2")) | st.lists(codes, max_size=3).map(tuple)
    },
    c.RefuseAcceptance: {"competent_organ": maybe},
    c.HandOverCase: {"to": officers},
    c.DecideCase: {"reasons": maybe, "remedies": maybe},
}
COMMON = {
    "case_id": st.just(x.CASE),
    "applicant": st.sampled_from((x.APPLICANT, UUID(int=202))),
    "by": mostly_right,
    "post": st.sampled_from(tuple(POSTS)),
    "to_post": st.sampled_from((*POSTS, UUID(int=399))),
    "reason": words,
    "document_no": st.sampled_from(("受〔2026〕1号", "受〔2026〕2号", "")),
    "seal": st.sampled_from(("S-1", "S-1", "S-1", " ")),
    "now": st.integers(0, 400).map(lambda days: x.MORNING + timedelta(days)),
}


SOUND: tuple[c.LiveCommand, ...] = (
    *(
        replace(command, by=WHO_ANSWERS)
        for command in (x.accept, refuse, everything, x.grant, deliver, withdraw)
    ),
    good,
)


BEFORE: dict[type, type] = {
    e.CaseAccepted: e.MaterialsReceived,
    e.CaseDecided: e.CaseAccepted,
    e.ResultDelivered: e.CaseDecided,
}
REPEATED: set[type] = {e.MaterialsReceived, e.CaseHandedOver, e.CaseTransferred}
ENDS: set[type] = {e.CaseDecided, e.AcceptanceRefused, e.CaseWithdrawn}


def commands(kind: type) -> st.SearchStrategy[c.LiveCommand]:
    fields: dict[str, Any] = {**COMMON, **HINTS.get(kind, {})}
    wanted = kind.__dataclass_fields__  # type: ignore[attr-defined]
    return st.builds(kind, **{k: v for k, v in fields.items() if k in wanted})


# None: the right step. Random ones alone would seldom come as far as a decision.
steps = st.one_of(
    st.none(),
    st.just(None),
    st.sampled_from(SOUND),
    commands(c.HandOverCase) | commands(c.TransferCase),
    st.one_of([commands(kind) for kind in get_args(c.LiveCommand)]),
)


class LifeOfACase:
    """Keeps the events and, step by step, the state that they lead to."""

    def __init__(self) -> None:
        self.case = Case()
        self.events: list[e.CaseEvent] = []

    def give(self, command: c.LiveCommand) -> None:
        if getattr(command, "by", None) == WHO_ANSWERS:
            by = self.case.responsible or STRANGER
            command = replace(command, by=by)  # type: ignore[arg-type]
        facts, before = self._facts(command), self.case
        try:
            decided = decide(before, command, facts)
        except Rejection:
            return
        for event in decided:
            if not isinstance(event, e.CaseNumberTaken):
                self.events.append(event)
                self.case = evolve(self.case, event)
        self._check_step(before)
        assert events_of(self.case, command, facts) == ()

    def _facts(self, command: c.LiveCommand) -> CaseFacts:
        post = self.case.post or getattr(command, "post", None)
        to_post = getattr(command, "to_post", None)
        return replace(
            x.facts,
            post=POSTS.get(post, Post()) if post else None,
            to_post=POSTS.get(to_post, Post()) if to_post else None,
            serial=len(self.events) + 1,
        )

    def _check_step(self, before: Case) -> None:
        if before.exists:
            assert self.case.case_no == before.case_no
            assert self.case.applicant == before.applicant
        if before.is_finished:
            assert self.case.is_finished
            assert self.case.responsible == before.responsible
        if self.case.stage is Stage.ACCEPTED:
            assert DivisionCode(self.case.office_code).tier is not Tier.VILLAGE

    def check(self) -> None:
        names = [type(event) for event in self.events]
        if names:
            self._somebody_of_the_post_is_responsible()
            assert names[:2] == [e.CaseOpened, e.FirstContactAssigned]
        for later, earlier in BEFORE.items():
            if later in names:
                assert earlier in names[: names.index(later)]
        for once in set(names) - REPEATED:
            assert names.count(once) == 1
        assert len(ENDS.intersection(names)) <= 1
        assert e.CaseRated not in names or self.case.stage is not Stage.WITHDRAWN
        assert fold(self.events) == self.case

    def _somebody_of_the_post_is_responsible(self) -> None:
        assert self.case.post is not None
        assert self.case.responsible is not None
        assert POSTS[self.case.post].is_held_by(self.case.responsible)


@rule("R-201", "R-226", "R-130", "R-304", "R-504", "R-110")
@settings(max_examples=max(250, settings().max_examples))
@given(
    st.just(x.open_case) | commands(c.OpenCase),
    st.lists(steps, min_size=12, max_size=30),
)
def test_whatever_is_asked_in_whatever_order_a_case_stays_in_order(
    opening: c.LiveCommand, asked: list[c.LiveCommand | None]
) -> None:
    life = LifeOfACase()
    for command in (opening, *asked):
        life.give(command or next_step(life.case))
        life.check()


def next_step(case: Case) -> c.LiveCommand:
    """Give the right step by the right officer, from wherever the case stands."""
    if not case.exists:
        return x.open_case
    by = case.responsible or STRANGER
    if case.stage is Stage.OPEN:
        return towards_acceptance(case, by)
    later: dict[Stage, c.LiveCommand] = {
        Stage.ACCEPTED: replace(x.grant, by=by),
        Stage.DECIDED: replace(deliver, by=by),
    }
    return later.get(case.stage, good)


def towards_acceptance(case: Case, by: UUID) -> c.LiveCommand:
    if case.office_code == x.VILLAGE:
        return c.TransferCase(
            case_id=x.CASE, by=by, to_post=x.WINDOW, reason="转交", now=x.NOON
        )
    if case.materials >= {"M1", "M2"}:
        return replace(x.accept, by=by)
    return c.ReceiveMaterials(case_id=x.CASE, by=by, materials=("M1", "M2"), now=x.NOON)


def events_of(
    case: Case, command: c.LiveCommand, facts: CaseFacts
) -> tuple[object, ...]:
    """Decide; a refusal has no events."""
    try:
        return decide(case, command, facts)
    except Rejection:
        return ()


@rule("R-227")
def test_when_the_holders_change_a_new_one_takes_the_case_over() -> None:
    post = replace(x.window, primary=x.CHEN, backup=STRANGER)
    facts = replace(x.facts, post=post)
    case = fold(x.running)
    take = c.HandOverCase(
        case_id=x.CASE, by=x.CHEN, to=x.CHEN, reason="换岗", now=x.NOON
    )
    (event,) = decide(case, take, facts)
    assert event == e.CaseHandedOver(
        from_officer=x.ANNA, to_officer=x.CHEN, reason="换岗"
    )
