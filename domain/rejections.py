"""Why the domain says no: one class a reason, named after the fact."""

from typing import ClassVar

Fact = str | int | bool | None


class Rejection(Exception):
    """A command the rules do not allow.

    ``code`` is stable and public, ``rule`` the rule it rests on, ``title`` the
    fact in Chinese as a screen shows it, ``remedy`` what to do next. ``facts``
    name what was compared; they never hold personal data.
    """

    code: ClassVar[str]
    rule: ClassVar[str]
    title: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.code)
        self.facts = facts


class NoSuchThing(Rejection):
    """The command names something that does not exist (or may not be seen)."""


class NotPermitted(Rejection):
    """The actor's role or office does not allow the command."""
