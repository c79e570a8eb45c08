"""One attempt at a batch: look up what was answered before, decide the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from domain.authority import require_permitted
from domain.case.events import SourceHandoverDerived
from domain.rejections import NotPermitted, Rejection
from infra.context import Context, Request
from infra.envelope import Meta, Recorded
from infra.event_codec import ENCODER
from infra.event_log import EventLog
from infra.keys import Keys
from infra.outcome import KeyIsReused, Outcome, Status, VersionIsStale, outcome_from
from infra.reader import FactCache, Reader
from infra.subjects.routing import DECIDE, STREAM

NOT_TOLD = frozenset({"now", "previous_officer"})
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


class Attempt:
    """``answers`` to the batch, and the ``versions`` of all streams they rest on."""

    def __init__(
        self, log: EventLog, cache: FactCache, keys: Keys, requests: Sequence[Request]
    ) -> None:
        self._keys = keys
        self._reader = Reader(log, cache)
        names = [(r.context.actor, r.context.key) for r in requests]
        self._stored = log.log_recorder.stored_outcomes(names)
        self._reader.load(
            STREAM[type(request.command)](request.command)
            for request, name in zip(requests, names, strict=True)
            if name not in self._stored
        )
        self._places: dict[tuple[str, str], int] = {}
        self.answers: list[Answer] = []
        for request in requests:
            self.answers.append(self._answer(request))
        self.versions = self._reader.versions

    def _answer(self, request: Request) -> Answer:
        name = request.context.actor, request.context.key
        digest = self._request_hash(request)
        if name in self._stored:
            first, plain = self._stored[name]
            return _repeated(request, first, digest, outcome_from(plain))
        if name in self._places:
            place = self._places[name]
            twin = self.answers[place]
            answer = _repeated(request, twin.request_hash, digest, twin.outcome)
            same = answer.outcome is twin.outcome
            return answer if not same else _as_twin(answer, place)
        self._places[name] = len(self.answers)
        return self._decide(request, digest)

    def _decide(self, request: Request, digest: bytes) -> Answer:
        stream_id = STREAM[type(request.command)](request.command)
        reader = self._reader
        reader.begin_decision()
        try:
            require_permitted(request.context.role, request.command)
            _require_version(request, reader.version(stream_id))
            decided = DECIDE[type(request.command)](request.command, reader)
        except Rejection as refusal:
            return Answer(
                request=request,
                request_hash=digest,
                outcome=_refused(refusal, stream_id, reader.version(stream_id)),
                is_new=not isinstance(refusal, NotPermitted),
            )
        events = self._place(decided.placed, meta_of(request.context, reader.facts))
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

    def _place(
        self, placed: Sequence[tuple[UUID, object]], meta: Meta
    ) -> tuple[Recorded, ...]:
        recorded = []
        for stream_id, event in placed:
            version = self._reader.version(stream_id) + 1
            derived = isinstance(event, DERIVED)
            envelope = (
                replace(meta, flags=(*meta.flags, "derived")) if derived else meta
            )
            recorded.append(Recorded(stream_id, version, event, envelope))
            self._reader.add([(stream_id, event)])
        return tuple(recorded)

    def _request_hash(self, request: Request) -> bytes:
        """Over all that the caller said, not what is added or derived for him."""
        command: Any = request.command
        told = {
            f.name: getattr(command, f.name)
            for f in fields(command)
            if f.name not in NOT_TOLD
        }
        context = request.context
        source = context.provenance.digest if context.provenance else None
        said = [type(command).__name__, told, request.expected_version]
        return self._keys.request_hash(
            ENCODER.encode([*said, context.effective_at, source])
        )


def meta_of(context: Context, facts: dict[str, int]) -> Meta:
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
        facts=dict(facts) or None,
        flags=context.flags,
        provenance=context.provenance,
    )


def _require_version(request: Request, actual: int) -> None:
    expected = request.expected_version
    if expected is not None and expected != actual:
        raise VersionIsStale(expected=expected, actual=actual)


def _refused(refusal: Rejection, subject: UUID, version: int) -> Outcome:
    return Outcome(
        status=Status.REFUSED, subject=subject, version=version, refusal=refusal
    )


def _repeated(
    request: Request, first: bytes, digest: bytes, outcome: Outcome
) -> Answer:
    if first != digest:
        outcome = _refused(KeyIsReused(), outcome.subject, outcome.version)
    return Answer(request=request, request_hash=digest, outcome=outcome, is_new=False)


def _as_twin(answer: Answer, place: int) -> Answer:
    return Answer(
        request=answer.request,
        request_hash=answer.request_hash,
        outcome=answer.outcome,
        is_new=False,
        twin=place,
    )
