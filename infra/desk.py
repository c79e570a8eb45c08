"""The one door to the log: authorise, do once, decide, append, answer."""

from collections.abc import Sequence
from dataclasses import replace

from infra.appending import Append, CommandIsRecorded, CommandRow, StreamsHaveMoved
from infra.attempt import Attempt
from infra.context import Request
from infra.deciding import Answer
from infra.event_log import EventLog
from infra.keys import Keys
from infra.outcome import Outcome, StreamKeepsMoving
from infra.reader import FactCache

ATTEMPTS = 25


class Desk:
    """Executes commands on one log. Safe for several threads and processes."""

    def __init__(self, event_log: EventLog, keys: Keys) -> None:
        self._log, self._keys, self._cache = event_log, keys, FactCache()

    def execute(self, request: Request) -> Outcome:
        """The outcome of one command; a refusal is raised as its ``Rejection``.

        A repeated key gives the first outcome again. Another body under the same
        key, a stale ``expected_version`` and what the rules refuse are rejections.
        """
        outcome = self.execute_all([request])[0]
        if outcome.refusal is not None:
            raise outcome.refusal
        return outcome

    def execute_all(self, requests: Sequence[Request]) -> list[Outcome]:
        """Outcomes of a batch in order: each refused alone, all appended together.

        Raises ``StreamKeepsMoving`` with nothing written.
        """
        for _ in range(ATTEMPTS):
            attempt = Attempt(self._log, self._cache, self._keys, requests)
            if not any(answer.is_new for answer in attempt.answers):
                return [answer.outcome for answer in attempt.answers]
            try:
                return self._append(attempt)
            except (StreamsHaveMoved, CommandIsRecorded):
                self._cache.clear()
        raise StreamKeepsMoving

    def _append(self, attempt: Attempt) -> list[Outcome]:
        new = [answer for answer in attempt.answers if answer.is_new]
        self._log.seals.make_ready(
            (recorded.originator_id, recorded.event)
            for answer in new
            for recorded in answer.events
        )
        appended = self._log.log_recorder.append(
            Append(
                events=[
                    self._log.mapper.to_stored_event(recorded)
                    for answer in new
                    for recorded in answer.events
                ],
                versions=attempt.versions,
                commands=[_row(answer) for answer in new],
            )
        )
        start, outcomes = 0, list[Outcome]()
        for answer in attempt.answers:
            if answer.twin is not None:
                outcomes.append(outcomes[answer.twin])
                continue
            positions = appended.positions[start : start + len(answer.events)]
            start += len(answer.events)
            outcome = answer.outcome
            if answer.is_new:
                outcome = replace(outcome, positions=positions, last=appended.last)
            outcomes.append(outcome)
        return outcomes


def _row(answer: Answer) -> CommandRow:
    return CommandRow(
        actor=answer.request.context.actor,
        key=answer.request.context.key,
        request_hash=answer.request_hash,
        outcome=answer.outcome.plain(),
        event_count=len(answer.events),
    )
