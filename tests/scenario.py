"""given(events).when(command).then(events | refusal), for cases."""

from dataclasses import dataclass, replace

import pytest

from domain.case import events as e
from domain.case.commands import CaseCommand
from domain.case.decisions import decide
from domain.case.facts import CaseFacts
from domain.case.state import fold
from domain.rejections import Rejection
from tests import examples


@dataclass(frozen=True)
class When:
    history: tuple[e.CaseEvent, ...]
    command: CaseCommand
    facts: CaseFacts

    def decided(self) -> tuple[e.CaseEvent | e.CaseNumberTaken, ...]:
        return decide(fold(self.history), self.command, self.facts)

    def then(self, *expected: e.CaseEvent | e.CaseNumberTaken) -> None:
        assert self.decided() == expected

    def then_nothing(self) -> None:
        self.then()

    def then_refused(self, refusal: type[Rejection]) -> Rejection:
        with pytest.raises(refusal) as caught:
            self.decided()
        return caught.value


@dataclass(frozen=True)
class Given:
    history: tuple[e.CaseEvent, ...]
    facts: CaseFacts

    def when(self, command: CaseCommand) -> When:
        return When(self.history, command, self.facts)

    def with_facts(self, **changes: object) -> "Given":
        return replace(self, facts=replace(self.facts, **changes))  # type: ignore[arg-type]


def given(*history: e.CaseEvent) -> Given:
    """A case with this history, at the township's window."""
    return Given(history, examples.facts)
