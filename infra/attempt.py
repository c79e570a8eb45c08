"""One attempt at a batch: look up what was answered before, decide the rest."""

from collections.abc import Sequence
from dataclasses import replace

from infra.context import Request
from infra.deciding import Answer, answer, refused, request_hash
from infra.event_log import EventLog
from infra.keys import Keys
from infra.outcome import KeyIsReused, Outcome, outcome_from
from infra.reader import FactCache, Reader
from infra.subjects.routing import STREAM


class Attempt:
    """``answers`` to the batch, and the ``versions`` of all streams they rest on."""

    def __init__(
        self, log: EventLog, cache: FactCache, keys: Keys, requests: Sequence[Request]
    ) -> None:
        self._keys, self._seals = keys, log.seals
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
        digest = request_hash(request, self._keys, self._seals)
        if name in self._stored:
            first, plain = self._stored[name]
            return _repeated(request, first, digest, outcome_from(plain))
        if name in self._places:
            place = self._places[name]
            twin = self.answers[place]
            repeated = _repeated(request, twin.request_hash, digest, twin.outcome)
            same = repeated.outcome is twin.outcome
            return replace(repeated, twin=place) if same else repeated
        self._places[name] = len(self.answers)
        return answer(request, digest, self._reader)


def _repeated(
    request: Request, first: bytes, digest: bytes, outcome: Outcome
) -> Answer:
    if first != digest:
        outcome = refused(KeyIsReused(), outcome.subject, outcome.version)
    return Answer(request=request, request_hash=digest, outcome=outcome, is_new=False)
