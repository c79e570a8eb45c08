"""Replaying a case: its state and timeline as of an instant, for API and CLI."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.calendar import state as calendar_state
from domain.calendar.due import SHANGHAI, Due
from domain.case.state import Case
from domain.personal import ERASED_TEXT, Personal
from domain.supervision import state as supervision_state
from domain.unknown import UnknownEvent
from infra.case_at import Axis, CaseAt, Rules, case_at, instant_of
from infra.envelope import Recorded
from infra.event_log import EventLog
from infra.stored_names import stored_name
from infra.subjects import streams

CALENDAR = streams.calendar_stream(calendar_state.NATIONAL)


def as_of(
    log: EventLog, case_id: UUID, at: datetime, axis: Axis = "effective"
) -> CaseAt | None:
    """The case as of ``at``; None if there was no such case yet.

    ``effective``: what had happened by then. ``recorded``: what the log knew by
    then, under the calendar and the policy it knew.
    """
    read = log.streams([case_id, CALENDAR, streams.WARNING_POLICY])
    until = at if axis == "recorded" else None
    return case_at(read[case_id], _rules(read, until), at, axis)


def as_it_stands(log: EventLog, case_id: UUID, at: datetime) -> CaseAt | None:
    """The case with all that the log holds, its limits seen from ``at``."""
    read = log.streams([case_id, CALENDAR, streams.WARNING_POLICY])
    latest = max([at, *(instant_of(r, "recorded") for r in read[case_id])])
    return case_at(read[case_id], _rules(read, None), latest, "recorded")


def to_plain(replayed: CaseAt) -> dict[str, Any]:
    """All of it as JSON types; times in UTC."""
    return {
        "version": replayed.version,
        "at": _instant(replayed.at),
        "axis": replayed.axis,
        "case": case_plain(replayed.case),
        "limits": limits_plain(replayed),
        "timeline": [step_plain(recorded) for recorded in replayed.timeline],
    }


def case_plain(case: Case) -> dict[str, Any]:
    """The state of a case; ids and dates as text, materials in order."""
    plain: dict[str, Any] = msgspec.to_builtins(case)
    return plain | {"materials": sorted(case.materials)}


def limits_plain(replayed: CaseAt) -> dict[str, Any]:
    """Due dates, tier and remaining time, and the rules they were counted by."""
    deadlines, policy = replayed.deadlines, replayed.rules.policy
    given = deadlines.given_deadline_at
    return {
        "tier": replayed.tier,
        "remaining": replayed.remaining,
        "promised_due": _due(deadlines.promised_due),
        "statutory_due": _due(deadlines.statutory_due),
        "given_deadline_at": _instant(given) if given else None,
        "calendar_version": replayed.rules.calendar.version,
        "policy_version": policy.version if policy else None,
    }


def step_plain(recorded: Recorded) -> dict[str, Any]:
    """One event with its place, its times and who is responsible for it."""
    meta = recorded.meta
    return {
        "version": recorded.originator_version,
        "position": recorded.position,
        "event": stored_name(recorded.event),
        "effective_at": _instant(instant_of(recorded, "effective")),
        "recorded_at": _instant(instant_of(recorded, "recorded")),
        "actor": meta.actor,
        "role": meta.role,
        "office": meta.office,
        "correlation_id": meta.correlation_id,
        "flags": list(meta.flags),
        "provenance": msgspec.to_builtins(meta.provenance),
        "rests_on": meta.facts or {},
        "data": msgspec.to_builtins(_facts(recorded.event), enc_hook=_hidden),
    }


def to_text(replayed: CaseAt) -> str:
    """For people at a terminal: the state first, then the way there."""
    return "\n".join([*_state_lines(replayed), "", *_timeline_lines(replayed)])


def _state_lines(replayed: CaseAt) -> Iterator[str]:
    case, limits = replayed.case, limits_plain(replayed)
    yield f"{case.case_no}  {case.item_name or ''}".rstrip()
    yield f"as of {_local(replayed.at)} ({replayed.axis})"
    shown = {
        "office": case.office_code,
        "stage": case.stage,
        "responsible": case.responsible,
        "accepted on": case.accepted_on,
        "decided on": case.decided_on,
        "tier": limits["tier"],
        "remaining": limits["remaining"],
    }
    yield from (f"  {name:<12} {value}" for name, value in shown.items() if value)
    for name in ("promised_due", "statutory_due"):
        if limits[name]:
            yield f"  {name:<12} {limits[name]['on']}  {limits[name]['reason']}"


def _timeline_lines(replayed: CaseAt) -> Iterator[str]:
    for recorded in replayed.timeline:
        plain = step_plain(recorded)
        told = "  ".join(f"{k}={v}" for k, v in plain["data"].items() if v is not None)
        flags = f" [{','.join(plain['flags'])}]" if plain["flags"] else ""
        when = _local(instant_of(recorded, replayed.axis))
        yield f"{when}  #{recorded.position}  {plain['event']}{flags}  {told}"


def _rules(read: dict[UUID, list[Recorded]], until: datetime | None) -> Rules:
    def known(stream_id: UUID) -> list[Any]:
        return [
            recorded.event
            for recorded in read[stream_id]
            if until is None or instant_of(recorded, "recorded") <= until
        ]

    return Rules(
        calendar=calendar_state.fold(known(CALENDAR)),
        policy=supervision_state.fold(known(streams.WARNING_POLICY)),
    )


def _due(due: Due | None) -> dict[str, Any] | None:
    return None if due is None else dict(msgspec.to_builtins(due))


def _instant(instant: datetime) -> str:
    return instant.isoformat()


def _local(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).isoformat(sep=" ", timespec="seconds")


def _facts(event: object) -> object:
    """Of an event not known nobody can tell what in it is personal."""
    return {} if isinstance(event, UnknownEvent) else event


def _hidden(value: object) -> str:
    if isinstance(value, Personal):
        return ERASED_TEXT if value.is_erased else "…"
    msg = f"not a plain type: {type(value).__name__}"
    raise NotImplementedError(msg)
