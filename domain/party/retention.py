"""How long records of a person's cases are kept before they may be erased (R-820)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """``years`` after a case has ended. A changed rule is a new version of it."""

    version: int
    in_force_on: date
    years: int
    basis: str


# The class 10年 of R-820; items say no class of their own yet.
RULES: tuple[RetentionRule, ...] = (
    RetentionRule(version=1, in_force_on=date(2013, 1, 1), years=10, basis="R-820"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """``ended_on`` None = still running: its records are needed."""

    ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """``ends_on`` is the first day to erase; None = not as long as a case runs."""

    rule: RetentionRule
    ends_on: date | None

    def has_ended(self, today: date) -> bool:
        return self.ends_on is not None and self.ends_on <= today


def rule_on(today: date) -> RetentionRule:
    """The version in force, or the first before any was."""
    in_force = [rule for rule in RULES if rule.in_force_on <= today]
    return in_force[-1] if in_force else RULES[0]


def retention(cases: Iterable[CaseRecord], today: date) -> Retention:
    """Who had no case may be erased today."""
    rule, ends_on = rule_on(today), today
    for case in cases:
        if case.ended_on is None:
            return Retention(rule=rule, ends_on=None)
        ends_on = max(ends_on, _years_later(case.ended_on, rule.years))
    return Retention(rule=rule, ends_on=ends_on)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
