"""What a person is found by: keyed digests of name, phone, number and its tail."""

import hmac
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from domain.party.events import PartyCorrected, PartyRegistered
from domain.party.numbers import normalised

TAIL = 4
Digest = Callable[[str], str]


class Term(StrEnum):
    """By what a clerk may look for somebody; each exact."""

    NAME = "name"
    PHONE = "phone"
    NUMBER = "number"
    NUMBER_TAIL = "number_tail"


def blind(digest: Digest, term: Term, value: str) -> bytes:
    """The keyed digest of ``value``: alike however it is typed (case, spaces)."""
    return bytes.fromhex(digest(f"find|{term}|{typed_alike(term, value)}"))


def typed_alike(term: Term, value: str) -> str:
    match term:
        case Term.NAME:
            return "".join(value.split())
        case Term.PHONE:
            return "".join(c for c in value if c.isdigit())
        case _:
            return normalised(value)


def terms_of(event: object) -> Iterator[tuple[Term, str]]:
    """What ``event`` tells that its person can be found by from now on."""
    match event:
        case PartyRegistered(name=name, number=number, phone=phone):
            yield Term.NUMBER, number.reveal()
            yield Term.NUMBER_TAIL, number.reveal()[-TAIL:]
        case PartyCorrected(name=name, phone=phone):
            pass
        case _:
            return
    yield Term.NAME, name.reveal()
    if phone is not None:
        yield Term.PHONE, phone.reveal()


def tells(term: Term, party: Any, value: str) -> bool:  # noqa: ANN401  a Party
    """Whether ``party`` is still known by ``value``, and not by it once."""
    of = {
        Term.NAME: party.name,
        Term.PHONE: party.phone,
        Term.NUMBER: party.number,
        Term.NUMBER_TAIL: party.number,
    }[term]
    if of is None or of.is_erased:
        return False
    known = typed_alike(term, of.reveal())
    if term is Term.NUMBER_TAIL:
        known = known[-TAIL:]
    return hmac.compare_digest(known.encode(), typed_alike(term, value).encode())
