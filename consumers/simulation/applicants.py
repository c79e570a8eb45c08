"""Invented persons and shops, each with a number whose check digit is right."""

from collections import deque
from dataclasses import dataclass
from datetime import date, timedelta
from operator import mul
from random import Random
from uuid import UUID

from consumers.simulation.county import Names, person_name
from consumers.simulation.ids import nth_id
from consumers.simulation.plan import SPACE
from domain.party.commands import PartyKind
from domain.party.numbers import ID_CHECKS, ID_WEIGHTS, USCC_ALPHABET
from domain.personal import Personal
from domain.quick_making import quicken

BORN_FROM = date(1936, 1, 1)
BIRTH_DAYS = 25_000
SERIALS = 999
STRIDE = 7_777_781
REMEMBERED = 400
PREFIX = "640399"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    id: UUID
    kind: PartyKind
    name: Personal
    number: Personal
    phone: Personal


quicken(Applicant)


class Applicants:
    """Those who come, some of them again. No number is given twice."""

    def __init__(self, rng: Random, names: Names) -> None:
        self._rng, self._names = rng, names
        self._next = rng.randrange(BIRTH_DAYS * SERIALS)
        self._known: dict[PartyKind, deque[Applicant]] = {
            kind: deque(maxlen=REMEMBERED) for kind in PartyKind
        }

    def known(self, kind: PartyKind) -> Applicant | None:
        """Somebody who was here before, if there is such."""
        known = self._known[kind]
        return known[int(self._rng.random() * len(known))] if known else None

    def new(self, kind: PartyKind) -> Applicant:
        """Ids follow from the number: another seed's equal number is the same one."""
        place = self._next = (self._next + STRIDE) % (BIRTH_DAYS * SERIALS)
        is_person = kind is PartyKind.PERSON
        number = id_number(place) if is_person else uscc(place)
        applicant = Applicant(
            id=nth_id(SPACE, 2 * place + is_person),
            kind=kind,
            name=Personal(self._person() if is_person else self._shop()),
            number=Personal(number),
            phone=Personal(f"19900{self._rng.randrange(1_000_000):06d}"),
        )
        self._known[kind].append(applicant)
        return applicant

    def _person(self) -> str:
        return person_name(self._rng, self._names)

    def _shop(self) -> str:
        shop = self._rng.choice(self._names["shops"])
        trade = self._rng.choice(self._names["trades"])
        return f"云溪县{shop}{trade}"


def id_number(place: int) -> str:
    """The ``place``-th citizen number of the invented county (R-810)."""
    day, serial = divmod(place, SERIALS)
    born = BORN_FROM + timedelta(days=day)
    body = f"{PREFIX}{born.isoformat().replace('-', '')}{serial + 1:03d}"
    total = sum(map(mul, map(int, body), ID_WEIGHTS))
    return body + ID_CHECKS[total % 11]


def uscc(place: int) -> str:
    """The ``place``-th social credit code of the invented county (R-810)."""
    body = f"92{PREFIX}{place:09d}"
    values = (USCC_ALPHABET.index(c) for c in body)
    total = sum(v * pow(3, i, 31) for i, v in enumerate(values))
    return body + USCC_ALPHABET[(31 - total % 31) % 31]
