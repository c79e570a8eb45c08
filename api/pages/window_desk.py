"""A case as it lies before a clerk: what is there, and what he may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from api.next_steps import next_steps
from api.pages.names import NamesInLog
from api.pages.window_access import Visit
from api.posts import post_of
from api.scope_of import require_case
from domain.case.refusals import CaseNotFound
from domain.case.state import Case
from domain.catalogue import state as catalogue
from domain.catalogue.state import ItemVersion
from domain.post.state import Post
from infra.case_at import CaseAt
from infra.event_log import EventLog
from infra.replay import as_it_stands
from infra.subjects import streams

RATING, HANDOVER, MATERIALS = "rating", "handovers", "materials"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAtDesk:
    """``found`` is read from the log itself: never behind what was just written."""

    found: CaseAt
    item: ItemVersion | None
    post: Post
    names: NamesInLog
    officer: UUID

    @property
    def case(self) -> Case:
        return self.found.case

    @property
    def is_own(self) -> bool:
        return self.case.responsible == self.officer

    @property
    def others(self) -> Sequence[UUID]:
        """Who of the post's two holders may take the case over (R-226)."""
        holders = (self.post.primary, self.post.backup)
        return [h for h in holders if h and h != self.case.responsible]

    @property
    def is_awaited(self) -> bool:
        """Whether something of the item's list has not been received yet."""
        listed = self.item.material_codes if self.item else frozenset()
        return not listed <= self.case.materials

    @property
    def may_be_rated(self) -> bool:
        return RATING in next_steps(self.case, self.item)

    @property
    def steps(self) -> Sequence[str]:
        """What no rule refuses this clerk now and is of use; no rating (R-305)."""
        vain = {RATING} if self.is_awaited else {RATING, MATERIALS}
        lawful = [s for s in next_steps(self.case, self.item) if s not in vain]
        if self.is_own:
            return lawful
        may_take_over = self.post.is_held_by(self.officer)
        return [s for s in lawful if s == HANDOVER and may_take_over]


def case_at_desk(visit: Visit, case_id: UUID) -> CaseAtDesk:
    """Raises ``CaseNotFound`` also for a case of another office (R-904)."""
    log = visit.services.log
    require_case(visit.services, visit.account, case_id)
    found = as_it_stands(log, case_id, visit.now)
    if found is None:
        raise CaseNotFound
    case, post = found.case, Post()
    if case.post is not None:
        post, _ = post_of(log, case.post)
    people = (case.responsible, case.applicant, post.primary, post.backup, case.post)
    return CaseAtDesk(
        found=found,
        item=_item_of(log, case),
        post=post,
        names=NamesInLog(log, people, [case.office_code]),
        officer=visit.officer,
    )


def _item_of(log: EventLog, case: Case) -> ItemVersion | None:
    if case.is_imported:
        return None
    stream = log.stream(streams.item_stream(case.item_code))
    item = catalogue.fold(recorded.event for recorded in stream)
    return item.version(case.item_version)
