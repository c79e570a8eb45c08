"""The steps of a plan: the settling of the county, then the cases in order of time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from heapq import heappop, heappush
from random import Random
from typing import Any

from consumers.simulation.absences import Absences
from consumers.simulation.acts import Act
from consumers.simulation.applicants import Applicants
from consumers.simulation.arrivals import arrivals
from consumers.simulation.county import county_of, invented_names
from consumers.simulation.demand import Demand
from consumers.simulation.ids import act_id
from consumers.simulation.life import World, live
from consumers.simulation.plan import Plan, read
from consumers.simulation.working_time import WorkingTime
from domain.party.commands import RegisterParty
from domain.quick_making import quicken
from infra.context import Context, Request
from infra.county.settling import administered, county_commands
from infra.opening import opening_requests

CASE_SOURCE = "sim-"
COUNTY_SOURCE = "county-"
Digest = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A request at the instant (UTC) at which it is given.

    ``expects`` is the code of the refusal that the script means to run into.
    """

    at: datetime
    request: Request
    expects: str | None = None


quicken(Step)


def invented_digest(text: str) -> str:
    """Stands for an installation's ``Keys.digest`` where there is none."""
    return sha256(text.encode()).hexdigest()


def steps(plan: Plan, digest: Digest = invented_digest) -> Iterator[Step]:
    """All steps of the plan in order of time, made one by one as they are asked for.

    ``digest``: the installation's keyed one, by which a window finds a person by
    his number. The same plan and digest give the same steps.
    """
    yield from settling(plan)
    yield from life(plan, digest)


def opens_at(plan: Plan) -> datetime:
    """Where the clock of the plan's log starts: before the first day's work."""
    return WorkingTime(plan.starts_on).before_opening()


def settling(plan: Plan) -> Iterator[Step]:
    """Calendar and policy as every log has them, then the county."""
    now = opens_at(plan)
    source = f"{COUNTY_SOURCE}{plan.townships}-{plan.villages}"
    commands = county_commands(county_of(plan).described, now)
    for request in (*opening_requests(now), *administered(commands, source)):
        yield Step(at=now, request=request)


def life(plan: Plan, digest: Digest = invented_digest) -> Iterator[Step]:
    """The cases' steps. Only open cases are held in memory."""
    world = _world(plan)
    waiting: list[tuple[int, int, int, list[Act]]] = []
    make = _Requests(plan, world.time, digest)
    comings = arrivals(plan, world.time, world.rng, world.ways["arrivals"])
    for number, at in enumerate(comings):
        while waiting and waiting[0][0] < at:
            yield make.next_of(waiting)
        acts = live(world, number, at)
        heappush(waiting, (acts[0].at, number, 0, acts))
    while waiting:
        yield make.next_of(waiting)


def _world(plan: Plan) -> World:
    rng = Random(plan.seed)  # noqa: S311  a story, no secret
    ways, county = read("life.toml"), county_of(plan)
    time = WorkingTime(plan.starts_on)
    return World(
        space=plan.space,
        county=county,
        time=time,
        rng=rng,
        ways=ways,
        absences=Absences(county, len(time.days), rng, ways["absence"]),
        applicants=Applicants(rng, invented_names()),
        demand=Demand(county, rng, read("items.toml")["demand"], ways["channels"]),
    )


class _Requests:
    """Makes the requests of acts."""

    def __init__(self, plan: Plan, time: WorkingTime, digest: Digest) -> None:
        self._seed, self._space = plan.seed, plan.space
        self._time, self._digest = time, digest

    def next_of(self, waiting: list[tuple[int, int, int, list[Act]]]) -> Step:
        """The step of the earliest act; the next act of its case waits then."""
        _, number, place, acts = heappop(waiting)
        following = place + 1
        if following < len(acts) and acts[following].at < self._time.end:
            heappush(waiting, (acts[following].at, number, following, acts))
        return self._step(acts[place], number, place)

    def _step(self, act: Act, number: int, place: int) -> Step:
        now = self._time.at(act.at)
        told: dict[str, Any] = act.told
        if act.make is RegisterParty:
            told = told | {"digest": self._digest(f"id|{told['number'].reveal()}")}
        correlation = f"{CASE_SOURCE}{self._seed}-{number}"
        space, key = self._space, f"{correlation}-{place}"
        context = Context(
            actor=act.account,
            role=act.role,
            key=key,
            command_id=act_id(space, number, place),
            correlation_id=correlation,
            office=act.office,
            officer=act.officer,
            channel=act.channel,
            terminal=act.terminal,
        )
        request = Request(command=act.make(**told, now=now), context=context)
        return Step(at=now, request=request, expects=act.expects)
