"""The life of one case, from the first visit to the rating, drawn from the seed."""

from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from consumers.simulation.absences import Absences
from consumers.simulation.acts import Act, Acts
from consumers.simulation.applicants import Applicant, Applicants
from consumers.simulation.county import County
from consumers.simulation.demand import Demand, Visit
from consumers.simulation.ending import end
from consumers.simulation.ids import case_id
from consumers.simulation.working_time import DAY, HOUR, MINUTE, WorkingTime
from domain.case import commands as c
from domain.party.commands import RegisterParty

PERCENT = 100
REFUSALS = tuple(c.RefusalKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What all lives of a plan draw from. ``ways``: the shares of ``life.toml``."""

    space: UUID
    county: County
    time: WorkingTime
    rng: Random
    ways: dict[str, Any]
    absences: Absences
    applicants: Applicants
    demand: Demand

    def happens(self, chapter: str, way: str) -> bool:
        """Whether what ``life.toml`` gives a share in percent happens this time."""
        return self.rng.random() * PERCENT < float(self.ways[chapter][way])

    def word(self, kind: str) -> Any:  # noqa: ANN401  a text, or a pair of them
        return self.rng.choice(self.ways["words"][kind])


def live(world: World, number: int, at: int) -> list[Act]:
    """The acts of the ``number``-th case, which arrives at working second ``at``."""
    visit = world.demand.visit()
    acts = Acts(visit, case_id(world.space, number), at, world.absences)
    life = _Life(world, number, visit, acts)
    life.come()
    if life.hand_in() and life.is_accepted():
        end(world, visit, acts, life.document)
    return acts.done


class _Life:
    """Up to acceptance; each step tells whether it goes on."""

    def __init__(self, world: World, number: int, visit: Visit, acts: Acts) -> None:
        self._world, self._number = world, number
        self._visit, self._acts = visit, acts

    def document(self, kind: str) -> dict[str, str]:
        """Number and seal of a paper that is issued now."""
        days, acts = self._world.time.days, self._acts
        year = days[min(acts.day, len(days) - 1)].year
        no = f"{kind}〔{year}〕{self._number + 1:06d}号"
        return {"document_no": no, "seal": f"S-{acts.post.terminal}"}

    def come(self) -> None:
        """First contact: who receives the person is responsible (R-201)."""
        world, acts, visit = self._world, self._acts, self._visit
        if acts.is_primary_away or world.happens("intake", "backup_receives"):
            acts.responsible = acts.post.backup
        applicant = self._applicant()
        acts.register(
            c.OpenCase,
            case_id=acts.case_id,
            item_code=visit.item.code,
            applicant=applicant.id,
            post=acts.post.id,
            by=acts.responsible.id,
            channel=visit.channel,
        )

    def _applicant(self) -> Applicant:
        world, kind = self._world, self._visit.kind
        if world.happens("intake", "returning_applicant"):
            known = world.applicants.known(kind)
            if known is not None:
                return known
        new = world.applicants.new(kind)
        self._acts.register(
            RegisterParty,
            party_id=new.id,
            kind=new.kind,
            name=new.name,
            number=new.number,
            phone=new.phone,
        )
        return new

    def hand_in(self) -> bool:
        """Materials, at once or on a second visit after the one notice (R-110)."""
        world, acts, item = self._world, self._acts, self._visit.item
        materials = list(item.required)
        if world.happens("intake", "optional_material"):
            materials += item.optional
        if not world.happens("intake", "incomplete"):
            acts.step(c.ReceiveMaterials, materials=tuple(materials))
            return self._slips()
        world.rng.shuffle(materials)
        first = world.rng.randrange(len(materials))
        if first:
            acts.step(c.ReceiveMaterials, materials=tuple(sorted(materials[:first])))
        if world.happens("mistakes", "accepts_incomplete"):
            self._accept_too_early(set(materials[first:]) & set(item.required))
        acts.wait(world.rng.uniform(3, 15) * MINUTE)
        acts.step(c.GiveOneTimeNotice, materials=None)
        return self._second_visit(tuple(sorted(materials[first:])))

    def _second_visit(self, missing: tuple[str, ...]) -> bool:
        world, acts = self._world, self._acts
        if world.happens("intake", "never_comes_back"):
            return False
        acts.wait(world.rng.triangular(0.3, 9, 1.5) * DAY)
        acts.cover(world.word("handover"))
        acts.step(c.ReceiveMaterials, materials=missing)
        return self._slips()

    def _accept_too_early(self, missing: set[str]) -> None:
        acts = self._acts
        acts.wait(2 * MINUTE)
        is_village = self._visit.above is not None
        code = "village-point-cannot-accept" if is_village else "materials-are-missing"
        if missing:
            acts.step(c.AcceptCase, expects=code, **self.document("受"))

    def _slips(self) -> bool:
        """What the door refuses, now and then; the case goes on all the same."""
        world, acts = self._world, self._acts
        if world.happens("mistakes", "asks_for_unlisted"):
            acts.wait(MINUTE)
            code = "material-is-not-on-list"
            acts.step(c.ReceiveMaterials, expects=code, materials=("M9",))
        if world.happens("mistakes", "hands_over_outside"):
            acts.wait(MINUTE)
            other = world.county.centre.windows["综合窗口"].primary
            if acts.post.primary != other:
                code = "officer-is-not-on-post"
                acts.step(c.HandOverCase, expects=code, to=other.id, reason="代班")
        if world.happens("intake", "withdrawn_before"):
            acts.wait(world.rng.uniform(0.1, 2) * DAY)
            acts.cover(world.word("handover"))
            acts.step(c.WithdrawCase, reason=world.word("withdrawal"))
            return False
        return True

    def is_accepted(self) -> bool:
        """By an organ: what a village point collected is passed on (R-117)."""
        world, acts = self._world, self._acts
        if self._visit.above is not None:
            self._pass_on()
        acts.wait(world.rng.triangular(2, 90, 8) * MINUTE)
        acts.cover(world.word("handover"))
        if world.happens("intake", "refused_acceptance"):
            self._refuse()
            return False
        if world.happens("mistakes", "decides_unaccepted"):
            code, granted = "case-is-not-accepted", c.Outcome.GRANTED
            told = {"outcome": granted, "reasons": None, "remedies": None}
            acts.step(c.DecideCase, expects=code, **told, **self.document("准"))
            acts.wait(2 * MINUTE)
        acts.step(c.AcceptCase, **self.document("受"))
        return True

    def _pass_on(self) -> None:
        world, acts, above = self._world, self._acts, self._visit.above
        if world.happens("mistakes", "accepts_at_village"):
            acts.wait(3 * MINUTE)
            code = "village-point-cannot-accept"
            acts.step(c.AcceptCase, expects=code, **self.document("受"))
        acts.wait(world.rng.triangular(0.5, 9, 3) * HOUR)
        acts.cover(world.word("handover"))
        if above is not None:
            acts.move(above, world.ways["words"]["transfer"])

    def _refuse(self) -> None:
        world, acts = self._world, self._acts
        kind = world.rng.choice(REFUSALS)
        told: dict[str, Any] = {"kind": kind, "competent_organ": None}
        if kind is c.RefusalKind.NOT_COMPETENT:
            told["reason"], told["competent_organ"] = world.word("not_competent")
        else:
            told["reason"] = world.word("not_required")
        acts.step(c.RefuseAcceptance, **told, **self.document("不受"))
