"""Which rule of the rulebook a test shows."""

import pytest


def rule(*rules: str) -> pytest.MarkDecorator:
    """Mark a test as the evidence for ``rules`` (``R-105``, ``V-01`` …)."""
    return pytest.mark.rule(*rules)
