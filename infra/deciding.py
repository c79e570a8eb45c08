"""One request decided by the rules on the streams of a reader: door and bulk alike."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from domain.authority import require_permitted
from domain.case.events import SourceHandoverDerived
from domain.case.facts import CaseFacts
from domain.party.commands import PartyCommand
from domain.quick_making import quicken
from domain.rejections import NotPermitted, Rejection
from infra.context import Context, Request
from infra.envelope import Meta, Recorded
from infra.event_codec import ENCODER
from infra.keys import Keys
from infra.outcome import Outcome, Status, VersionIsStale
from infra.reader import Reader
from infra.sealing.seals import Seals
from infra.stored_names import NAMES
from infra.subjects.placing import Decided
from infra.subjects.routing import DECIDE, STREAM

NOT_TOLD = frozenset({"now", "previous_officer"})
TOLD: dict[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind) if f.name not in NOT_TOLD)
    for kind in STREAM
}
DERIVED = (SourceHandoverDerived,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A request decided but perhaps not yet appended.

    ``is_new`` False: nothing is to be stored. ``twin`` is the place in the batch
    of the request that came first under the same key.
    """

    request: Request
    request_hash: bytes
    outcome: Outcome
    events: tuple[Recorded, ...] = ()
    is_new: bool = True
    twin: int | None = None


# Made anew for every command or event, and by far the most of what is made for them.
quicken(*STREAM, *NAMES, CaseFacts, Decided, Recorded, Meta, Request, Context)
quicken(Answer, Outcome)


def answer(request: Request, digest: bytes, reader: Reader) -> Answer:
    """Decide ``request``; ``reader`` grows by the events that follow from it."""
    stream_id = STREAM[type(request.command)](request.command)
    reader.begin_decision()
    try:
        require_permitted(request.context.role, request.command)
        _require_version(request, reader.version(stream_id))
        decided = DECIDE[type(request.command)](request.command, reader)
    except Rejection as refusal:
        return Answer(
            request=request,
            request_hash=digest,
            outcome=refused(refusal, stream_id, reader.version(stream_id)),
            is_new=not isinstance(refusal, NotPermitted),
        )
    events = _place(decided.placed, _meta_of(request.context, reader.facts), reader)
    return Answer(
        request=request,
        request_hash=digest,
        events=events,
        outcome=Outcome(
            status=Status.DONE if events else Status.ALREADY_SO,
            subject=decided.subject,
            version=reader.version(decided.subject),
        ),
    )


def request_hash(request: Request, keys: Keys, seals: Seals) -> bytes:
    """Over all that the caller said, not what is added or derived for him.

    What was said of a person is hashed under that person's key: once it is
    destroyed nobody can try names and numbers until one of them fits.
    """
    command: Any = request.command
    told = {name: getattr(command, name) for name in TOLD[type(command)]}
    context = request.context
    source = context.provenance.digest if context.provenance else None
    said = [type(command).__name__, told, request.expected_version]
    encoded = ENCODER.encode([*said, context.effective_at, source])
    if isinstance(command, PartyCommand):
        encoded = seals.keyed(command.party_id, encoded)
    return keys.request_hash(encoded)


def refused(refusal: Rejection, subject: UUID, version: int) -> Outcome:
    """The outcome of a command that was not done, without the frames it came by.

    They would hold on to everything that was decided beside it.
    """
    return Outcome(
        status=Status.REFUSED,
        subject=subject,
        version=version,
        refusal=refusal.with_traceback(None),
    )


def _place(
    placed: Sequence[tuple[UUID, object]], meta: Meta, reader: Reader
) -> tuple[Recorded, ...]:
    recorded = []
    for stream_id, event in placed:
        version = reader.add(stream_id, event)
        derived = isinstance(event, DERIVED)
        envelope = replace(meta, flags=(*meta.flags, "derived")) if derived else meta
        recorded.append(Recorded(stream_id, version, event, envelope))
    return tuple(recorded)


def _meta_of(context: Context, facts: dict[str, int]) -> Meta:
    """The envelope of the events that ``context`` brings about."""
    return Meta(
        command_id=context.command_id,
        correlation_id=context.correlation_id,
        actor=context.actor,
        role=context.role,
        office=context.office,
        channel=context.channel,
        terminal=context.terminal,
        effective_at=context.effective_at,
        facts=facts or None,
        flags=context.flags,
        provenance=context.provenance,
    )


def _require_version(request: Request, actual: int) -> None:
    expected = request.expected_version
    if expected is not None and expected != actual:
        raise VersionIsStale(expected=expected, actual=actual)
