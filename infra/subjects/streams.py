"""Names of streams: how an id is derived where the subject has a natural key."""

from functools import lru_cache
from uuid import UUID, uuid5

SPACE = UUID("5d1fb2e4-94f5-5a3b-8c55-5b1f5b0a9c11")
OFFICES = uuid5(SPACE, "office")
ITEMS = uuid5(SPACE, "item")
CALENDARS = uuid5(SPACE, "calendar")
POLICIES = uuid5(SPACE, "policy")
CASE_NUMBERS = uuid5(SPACE, "case_number")
SOURCE_CASES = uuid5(SPACE, "source_case")
SOURCE_OFFICERS = uuid5(SPACE, "source_officer")
NOTICES = uuid5(SPACE, "notice")

WARNING_POLICY = uuid5(POLICIES, "warning")


@lru_cache(4096)
def office_stream(code: str) -> UUID:
    return uuid5(OFFICES, code)


@lru_cache(4096)
def item_stream(item_code: str) -> UUID:
    return uuid5(ITEMS, item_code)


@lru_cache(4096)
def calendar_stream(layer: str) -> UUID:
    return uuid5(CALENDARS, layer)


@lru_cache(4096)
def case_number_stream(item_code: str, day: str) -> UUID:
    return uuid5(CASE_NUMBERS, f"{item_code}|{day}")


def source_case_id(log: str, source_case: str) -> UUID:
    """A foreign case has the same id however often its log is imported."""
    return uuid5(SOURCE_CASES, f"{log}|{source_case}")


def source_officer_id(log: str, label: str) -> UUID:
    return uuid5(SOURCE_OFFICERS, f"{log}|{label}")


def notice_stream(case_id: UUID, kind: str, due_on: str, recipient: str) -> UUID:
    """One notice for a case, a kind, the date it rests on and an office."""
    return uuid5(NOTICES, f"{case_id}|{kind}|{due_on}|{recipient}")
